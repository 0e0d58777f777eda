/** P-14. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'a search with a limit gives the first so many by name, and refuses no number',
  level: 'should',
  incidents: ['P-14'],
  needs: ['createRevision', 'searchPackages'],
  requires: ['own-bucket'],
  async run({ ops, attempt }) {
    for (const name of ['team/c', 'team/a', 'team/b']) await ops.createRevision({ name, message: 'm' });
    for (const limit of [1, 2, 3, 4]) await ops.searchPackages({ query: '*', limit });
    for (const limit of [0, -1, 1.5]) await attempt(ops.searchPackages({ query: '*', limit }));
  },
});
