/** P-17: a content URL gives the very bytes, and ends. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'a content URL gives the bytes that were packaged, and has an end',
  level: 'must',
  incidents: ['P-17'],
  needs: ['createRevision', 'contentUrl'],
  async run({ ops, world }) {
    const name = world.packageName();
    const uris = await world.objects({ 'a.bin': new Uint8Array([0, 1, 2, 255]), 'empty.txt': '' });
    await ops.createRevision({ name, uris, message: 'first' });
    await ops.contentUrl({ name, path: world.keyOf('a.bin') });
    await ops.contentUrl({ name, path: world.keyOf('empty.txt') });
  },
});
