/** P-10, P-11: an update that names nothing is still a revision, and drops the message. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'an update that names nothing makes a revision with the same entries and metadata',
  level: 'should',
  incidents: ['P-10', 'P-11'],
  needs: ['createRevision', 'updateRevision', 'packageInfo', 'listRevisions', 'browse'],
  async run({ ops, world }) {
    const name = world.packageName();
    await ops.createRevision({ name, uris: await world.objects({ 'a.txt': 'a' }), metadata: { a: 1 }, message: 'first' });
    await world.nextSecond();
    await ops.updateRevision({ name });
    await ops.packageInfo({ name });
    await ops.browse({ name, path: '' });
    await ops.listRevisions({ name });
  },
});
