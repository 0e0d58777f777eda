/** P-15. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'an empty file is an entry of no bytes with the hash of nothing',
  level: 'must',
  incidents: ['P-15', 'P-16'],
  needs: ['createRevision', 'browse', 'contentUrl'],
  async run({ ops, world }) {
    const name = world.packageName();
    await ops.createRevision({ name, uris: await world.objects({ 'empty.txt': '', 'a/empty.txt': '' }), message: 'm' });
    await ops.browse({ name, path: '' });
    await ops.browse({ name, path: world.keyOf('a') });
    await ops.contentUrl({ name, path: world.keyOf('a/empty.txt') });
  },
});
