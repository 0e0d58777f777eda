/** P-14: a deleted package is gone from every list, its data stays. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'a deleted package is gone for every operation, and its objects stay',
  level: 'must',
  incidents: ['P-14', 'P-27'],
  needs: ['createRevision', 'deletePackage', 'listPackages', 'packageInfo', 'listRevisions', 'searchPackages'],
  requires: ['own-bucket'],
  async run({ ops, world, attempt }) {
    const name = world.packageName();
    const uris = await world.objects({ 'a.txt': 'a' });
    await ops.createRevision({ name, uris, message: 'first' });
    await world.nextSecond();
    await ops.createRevision({ name, uris, metadata: { run: 2 }, message: 'second' });
    await ops.createRevision({ name: world.packageName('other'), uris, message: 'stays' });
    await ops.deletePackage({ name });
    await ops.listPackages({});
    await ops.searchPackages({ query: '*' });
    await attempt(ops.packageInfo({ name }));
    await attempt(ops.listRevisions({ name }));
    await world.count('a.txt');
    await world.count('.quilt/packages/');
    await ops.deletePackage({ name });
    await ops.createRevision({ name, uris, message: 'again' });
    await ops.listRevisions({ name });
  },
});
