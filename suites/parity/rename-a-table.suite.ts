/** P-19: a table keeps its configuration under another name. */
import { scenario } from '../case/scenario.ts';
import { tableConfig } from './table-config.ts';

export default scenario({
  title: 'a rename moves the table; onto one that exists or onto itself it is a ConflictError, and a bad name a ValidationError',
  level: 'must',
  incidents: ['P-19', 'P-07'],
  tags: ['administration'],
  needs: ['tabulator.create', 'tabulator.rename', 'tabulator.get', 'tabulator.list'],
  requires: ['own-registry'],
  async run({ ops, world, attempt }) {
    const bucket = world.bucket();
    await ops.tabulator.create({ bucket, table: 'runs', config: tableConfig('first') });
    await ops.tabulator.create({ bucket, table: 'other', config: tableConfig('other') });
    await attempt(ops.tabulator.rename({ bucket, table: 'runs', newName: 'other' }));
    await attempt(ops.tabulator.rename({ bucket, table: 'runs', newName: 'runs' }));
    for (const newName of ['', 'two words', 'a.b', 'a/b', 'ü', 'x'.repeat(256)])
      await attempt(ops.tabulator.rename({ bucket, table: 'runs', newName }));
    await attempt(ops.tabulator.rename({ bucket, table: 'none', newName: 'new' }));
    await attempt(ops.tabulator.rename({ bucket, table: 'none', newName: 'two words' }));
    await ops.tabulator.list({ bucket });
    await ops.tabulator.rename({ bucket, table: 'runs', newName: 'Runs' });
    await attempt(ops.tabulator.get({ bucket, table: 'runs' }));
    await ops.tabulator.list({ bucket });
  },
});
