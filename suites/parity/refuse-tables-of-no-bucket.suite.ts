/** P-19, P-06: a table without a bucket, and without a name that is there. */
import { scenario } from '../case/scenario.ts';
import { tableConfig } from './table-config.ts';

export default scenario({
  title: 'a bucket that is not in the stack is a NotFoundError that names it, a table that is not there one that names both',
  level: 'must',
  incidents: ['P-06', 'P-19'],
  tags: ['administration'],
  needs: ['tabulator.list', 'tabulator.get', 'tabulator.create', 'tabulator.update', 'tabulator.rename', 'tabulator.delete'],
  requires: ['own-registry'],
  async run({ ops, world, attempt }) {
    const { tabulator } = ops;
    const config = tableConfig('first');
    const none = 'crosscheck-no-such-bucket-at-all';
    await attempt(tabulator.list({ bucket: none }));
    for (const bucket of [none, world.bucket()]) await attempt(tabulator.get({ bucket, table: 'none' }));
    await attempt(tabulator.create({ bucket: none, table: 'none', config }));
    for (const bucket of [none, world.bucket()]) {
      await attempt(tabulator.update({ bucket, table: 'none', config }));
      await attempt(tabulator.rename({ bucket, table: 'none', newName: 'new' }));
      await attempt(tabulator.delete({ bucket, table: 'none' }));
    }
    await tabulator.list({ bucket: world.bucket() });
  },
});
