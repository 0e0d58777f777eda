/** P-19, P-28: tables are read by whoever may read the bucket, and changed by administrators. */
import { scenario } from '../case/scenario.ts';
import { tableConfig } from './table-config.ts';

export default scenario({
  title: 'an ordinary user lists and gets tables of a bucket that they may read, and finds no other bucket',
  level: 'must',
  incidents: ['P-19', 'P-28'],
  tags: ['administration'],
  needs: ['tabulator.create', 'tabulator.list', 'tabulator.get', 'tabulator.delete', 'admin.users.setRole'],
  requires: ['own-registry'],
  async run({ ops, world, attempt }) {
    const bucket = world.bucket();
    await ops.tabulator.create({ bucket, table: 'runs', config: tableConfig('first') });
    const theirs = await world.open({ as: 'user' });
    await theirs.tabulator.list({ bucket });
    await theirs.tabulator.get({ bucket, table: 'runs' });
    await attempt(theirs.tabulator.get({ bucket, table: 'none' }));
    await attempt(theirs.tabulator.delete({ bucket, table: 'runs' }));
    await ops.admin.users.setRole({ name: 'user', role: 'ExternalAnalysts' });
    await attempt(theirs.tabulator.list({ bucket }));
    await attempt(theirs.tabulator.get({ bucket, table: 'runs' }));
  },
});
