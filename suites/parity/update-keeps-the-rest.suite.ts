/** P-10: an update changes what it names and keeps everything else. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'an update keeps entries, entry metadata and package metadata that it does not name',
  level: 'must',
  incidents: ['P-10'],
  needs: ['createRevision', 'updateRevision', 'packageInfo', 'browse'],
  async run({ ops, world }) {
    const name = world.packageName();
    const [a = '', b = ''] = await world.objects({ 'a.csv': 'x,y\n1,2\n', 'b.csv': 'x,y\n3,4\n' });
    await ops.createRevision({ name, uris: [a], metadata: { owner: 'lab', run: 1 }, message: 'first' });
    await ops.updateRevision({ name, uris: [b], metadata: { run: 2 }, message: 'second' });
    await ops.packageInfo({ name });
    await ops.browse({ name, path: '' });
  },
});
