/** P-19: a table that was deleted is gone. */
import { scenario } from '../case/scenario.ts';
import { tableConfig } from './table-config.ts';

export default scenario({
  title: 'a deleted table is not found, deleting it again is a NotFoundError, and its name is free',
  level: 'must',
  incidents: ['P-19'],
  tags: ['administration'],
  needs: ['tabulator.create', 'tabulator.delete', 'tabulator.get', 'tabulator.list'],
  requires: ['own-registry'],
  async run({ ops, world, attempt }) {
    const bucket = world.bucket();
    await ops.tabulator.create({ bucket, table: 'runs', config: tableConfig('first') });
    await ops.tabulator.create({ bucket, table: 'other', config: tableConfig('other') });
    await ops.tabulator.delete({ bucket, table: 'runs' });
    await attempt(ops.tabulator.get({ bucket, table: 'runs' }));
    await attempt(ops.tabulator.delete({ bucket, table: 'runs' }));
    await ops.tabulator.list({ bucket });
    await ops.tabulator.create({ bucket, table: 'runs', config: tableConfig('second') });
  },
});
