/** P-19: what is there is not replaced by creating it. */
import { scenario } from '../case/scenario.ts';
import { tableConfig } from './table-config.ts';

export default scenario({
  title: 'creating a table that exists is a ConflictError that names it, and the table stays as it was',
  level: 'must',
  incidents: ['P-19'],
  tags: ['administration'],
  needs: ['tabulator.create', 'tabulator.get'],
  requires: ['own-registry'],
  async run({ ops, world, attempt }) {
    const bucket = world.bucket();
    await ops.tabulator.create({ bucket, table: 'runs', config: tableConfig('first') });
    await attempt(ops.tabulator.create({ bucket, table: 'runs', config: tableConfig('second') }));
    await attempt(ops.tabulator.create({ bucket, table: 'runs', config: tableConfig('first') }));
    await ops.tabulator.get({ bucket, table: 'runs' });
    // Names are told apart by case.
    await ops.tabulator.create({ bucket, table: 'RUNS', config: tableConfig('third') });
  },
});
