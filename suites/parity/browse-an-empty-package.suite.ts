/** P-08: a package without entries has a root and nothing else. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'a package without entries has an empty root, and no other path',
  level: 'must',
  incidents: ['P-08', 'P-15'],
  needs: ['createRevision', 'browse', 'packageInfo'],
  async run({ ops, world, attempt }) {
    const name = world.packageName();
    await ops.createRevision({ name, message: world.message('nothing in it') });
    await ops.packageInfo({ name });
    await ops.browse({ name, path: '' });
    await attempt(ops.browse({ name, path: 'a' }));
  },
});
