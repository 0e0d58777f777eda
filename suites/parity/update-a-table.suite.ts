/** P-19: what is not there is not made by updating it. */
import { scenario } from '../case/scenario.ts';
import { tableConfig } from './table-config.ts';

export default scenario({
  title: 'an update replaces the configuration of a table; of one that does not exist it is a NotFoundError, and none is made',
  level: 'must',
  incidents: ['P-19'],
  tags: ['administration'],
  needs: ['tabulator.create', 'tabulator.update', 'tabulator.get', 'tabulator.list'],
  requires: ['own-registry'],
  async run({ ops, world, attempt }) {
    const bucket = world.bucket();
    await ops.tabulator.create({ bucket, table: 'runs', config: tableConfig('first') });
    await ops.tabulator.create({ bucket, table: 'other', config: tableConfig('other') });
    await ops.tabulator.update({ bucket, table: 'runs', config: tableConfig('second', 'BIGINT') });
    await ops.tabulator.get({ bucket, table: 'runs' });
    await attempt(ops.tabulator.update({ bucket, table: 'none', config: tableConfig('first') }));
    await ops.tabulator.list({ bucket });
  },
});
