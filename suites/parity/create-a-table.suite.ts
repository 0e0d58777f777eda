/** P-19: a table is made and read back as it was given. */
import { scenario } from '../case/scenario.ts';
import { tableConfig } from './table-config.ts';

export default scenario({
  title: 'a table is created with its configuration as typed, and is found and listed',
  level: 'must',
  incidents: ['P-19'],
  tags: ['administration'],
  needs: ['tabulator.create', 'tabulator.get', 'tabulator.list'],
  requires: ['own-registry', 'second-bucket'],
  tenant: { buckets: 2 },
  async run({ ops, world }) {
    const bucket = world.bucket();
    await ops.tabulator.list({ bucket });
    await ops.tabulator.create({ bucket, table: 'runs', config: tableConfig('sample') });
    await ops.tabulator.create({ bucket, table: 'Runs_2-b', config: `# by hand\n${tableConfig('depth', 'DOUBLE')}\n` });
    await ops.tabulator.create({ bucket, table: 'x'.repeat(255), config: tableConfig('a') });
    await ops.tabulator.get({ bucket, table: 'runs' });
    await ops.tabulator.list({ bucket });
    // Every bucket has tables of its own.
    await ops.tabulator.create({ bucket: world.bucket(1), table: 'runs', config: tableConfig('other') });
    await ops.tabulator.get({ bucket, table: 'runs' });
  },
});
