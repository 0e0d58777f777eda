/** P-12: two objects that would get one logical key are refused, and nothing is written. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'objects that collide when flattened are a ValidationError, and nothing is written',
  level: 'must',
  incidents: ['P-12'],
  needs: ['createRevision', 'updateRevision', 'listPackages', 'listRevisions'],
  requires: ['own-bucket'],
  async run({ ops, world, attempt }) {
    const name = world.packageName();
    const [one = '', two = '', other = ''] = await world.objects({ 'one/a.txt': '1', 'two/a.txt': '2', 'b.txt': '3' });
    await attempt(ops.createRevision({ name, uris: [one, two], organise: false, message: 'm' }));
    await ops.listPackages({});
    await world.count('.quilt/');
    await ops.createRevision({ name, uris: [other], message: 'm' });
    await attempt(ops.updateRevision({ name, uris: [one, two], organise: false, message: 'm' }));
    await ops.listRevisions({ name });
    await world.count('.quilt/');
  },
});
