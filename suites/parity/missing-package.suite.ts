/** P-06, P-08: what is not there is a NotFoundError that names it, whatever asks. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'a package that does not exist is a NotFoundError that names it',
  level: 'must',
  incidents: ['P-06', 'P-08'],
  needs: ['packageInfo', 'browse', 'contentUrl', 'listRevisions', 'deletePackage'],
  readsOnly: true,
  async run({ ops, world, attempt }) {
    const name = world.packageName('none');
    await attempt(ops.packageInfo({ name }));
    await attempt(ops.browse({ name, path: '' }));
    await attempt(ops.contentUrl({ name, path: 'a.csv' }));
    await attempt(ops.listRevisions({ name }));
    await attempt(ops.deletePackage({ name }));
  },
});
