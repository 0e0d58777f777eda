/** P-12. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'an object that is named twice is a ValidationError, and nothing is written',
  level: 'must',
  incidents: ['P-12'],
  needs: ['createRevision', 'listPackages'],
  async run({ ops, world, attempt }) {
    const [one = ''] = await world.objects({ 'a.txt': '1' });
    await attempt(ops.createRevision({ name: world.packageName(), uris: [one, one], message: 'm' }));
    await ops.listPackages({ prefix: world.packageName('') });
  },
});
