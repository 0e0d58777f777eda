/** P-14: a prefix narrows the list by the beginning of the name, capitals told apart. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'a prefix lists the packages whose name begins with it',
  level: 'must',
  incidents: ['P-14'],
  needs: ['createRevision', 'listPackages'],
  requires: ['own-bucket'],
  async run({ ops }) {
    for (const name of ['lab/a', 'lab/ab', 'labor/a', 'Lab/a', 'other/lab']) await ops.createRevision({ name, message: 'm' });
    for (const prefix of ['lab', 'lab/', 'lab/a', 'Lab', 'other/l', 'none', '*', '%']) await ops.listPackages({ prefix });
  },
});
