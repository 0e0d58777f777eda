/** P-10, P-06. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'an update of a package that does not exist is a NotFoundError, and makes none',
  level: 'must',
  incidents: ['P-06', 'P-10'],
  needs: ['updateRevision', 'listPackages'],
  async run({ ops, world, attempt }) {
    const uris = await world.objects({ 'a.txt': 'a' });
    await attempt(ops.updateRevision({ name: world.packageName('none'), uris, message: 'm' }));
    await ops.listPackages({ prefix: world.packageName('') });
  },
});
