/** P-14: deleting one revision moves `latest` to the newest that remains. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'deleting a revision leaves the others, and latest is the newest that remains',
  level: 'must',
  incidents: ['P-14'],
  needs: ['createRevision', 'deletePackage', 'packageInfo', 'listRevisions', 'listPackages'],
  axes: { delete: ['first', 'middle', 'last', 'only'] },
  async run({ ops, world, at, attempt }) {
    const name = world.packageName();
    const hashes: Record<string, string> = {};
    const runs = at['delete'] === 'only' ? ['only'] : ['first', 'middle', 'last'];
    for (const run of runs) {
      hashes[run] = (await ops.createRevision({ name, metadata: { run }, message: world.message(run) })).topHash;
      await world.nextSecond();
    }
    await ops.deletePackage({ name, hash: hashes[at['delete'] ?? ''] ?? '' });
    await attempt(ops.packageInfo({ name }));
    await attempt(ops.listRevisions({ name }));
    await ops.listPackages({ prefix: world.packageName('') });
  },
});
