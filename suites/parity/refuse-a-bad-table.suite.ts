/** P-07, P-19: what is wrong with a table is told by its parameter. */
import { scenario } from '../case/scenario.ts';
import { tableConfig } from './table-config.ts';

export default scenario({
  title: 'a configuration that is blank, no YAML or incomplete, and a bad name, are ValidationErrors, and the tables stay',
  level: 'must',
  incidents: ['P-07', 'P-19'],
  tags: ['administration'],
  needs: ['tabulator.create', 'tabulator.update', 'tabulator.list'],
  requires: ['own-registry'],
  async run({ ops, world, attempt }) {
    const bucket = world.bucket();
    const good = tableConfig('first');
    await ops.tabulator.create({ bucket, table: 'runs', config: good });
    const bad = [
      '',
      ' \n',
      '{"schema": [',
      'just words',
      good.replace(/^source:[\s\S]*/m, ''),
      good.replace(/^parser:[\s\S]*/m, ''),
      good.replace('STRING', 'TEXT'),
      good.replace('first', 'First'),
      good.replace('csv\n', 'xlsx\n'),
      good.replace('quilt-packages', 'files'),
      JSON.stringify({ schema: [], source: { type: 'quilt-packages', package_name: 'a', logical_key: 'b' }, parser: { format: 'csv' } }),
    ];
    for (const config of bad) {
      await attempt(ops.tabulator.create({ bucket, table: 'other', config }));
      await attempt(ops.tabulator.update({ bucket, table: 'runs', config }));
    }
    for (const table of ['', 'two words', 'a.b', 'a/b', 'ü', 'x'.repeat(256)])
      await attempt(ops.tabulator.create({ bucket, table, config: good }));
    await ops.tabulator.list({ bucket });
  },
});
