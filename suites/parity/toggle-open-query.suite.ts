/** P-19: the open query is on or off, for the whole stack. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'the open query is off at first and is what it was set to last, however often',
  level: 'must',
  incidents: ['P-19'],
  tags: ['administration'],
  needs: ['tabulator.getOpenQuery', 'tabulator.setOpenQuery'],
  requires: ['own-registry'],
  async run({ ops }) {
    await ops.tabulator.getOpenQuery();
    for (const enabled of [true, true, false]) {
      await ops.tabulator.setOpenQuery({ enabled });
      await ops.tabulator.getOpenQuery();
    }
  },
});
