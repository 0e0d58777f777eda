/** P-14, C-12: one below, at, and one above the size of a page, and twice as many. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'a list of packages is whole around the border of a page',
  level: 'must',
  incidents: ['P-14', 'C-12'],
  needs: ['createRevision', 'listPackages', 'searchPackages'],
  requires: ['own-bucket'],
  tenant: { s3PageCap: 5 },
  axes: { packages: ['4', '5', '6', '11'] },
  async run({ ops, at }) {
    for (let i = 0; i < Number(at['packages']); i++) await ops.createRevision({ name: `team/p${i}`, message: 'm' });
    await ops.listPackages({});
    await ops.searchPackages({ query: '*' });
  },
});
