/** P-09, P-06. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'diff of a package that does not exist is a NotFoundError that names it',
  level: 'must',
  incidents: ['P-06', 'P-09'],
  needs: ['diff'],
  readsOnly: true,
  async run({ ops, world, attempt }) {
    await attempt(ops.diff({ name: world.packageName('none'), from: 'latest', to: 'latest' }));
  },
});
