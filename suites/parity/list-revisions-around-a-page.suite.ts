/** P-14: revisions are listed newest first and none is missing around the border of a page. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'a list of revisions is whole and newest first around the border of a page',
  level: 'must',
  incidents: ['P-14', 'C-12'],
  needs: ['createRevision', 'listRevisions'],
  tenant: { s3PageCap: 5 },
  axes: { revisions: ['4', '5', '6', '11'] },
  async run({ ops, world, at }) {
    const name = world.packageName();
    for (let run = 1; run <= Number(at['revisions']); run++) {
      await ops.createRevision({ name, metadata: { run }, message: `revision ${run}` });
      await world.nextSecond();
    }
    await ops.listRevisions({ name });
  },
});
