/** P-18: a bucket leaves the stack with all that the stack knew of it, and S3 keeps it. */
import { scenario } from '../case/scenario.ts';
import { tableConfig } from './table-config.ts';

export default scenario({
  title: 'a removed bucket is neither found nor listed, no policy grants it, its tables are gone, and its objects stay',
  level: 'must',
  incidents: ['P-18'],
  tags: ['administration'],
  needs: [
    'admin.buckets.remove',
    'admin.buckets.list',
    'admin.buckets.get',
    'admin.buckets.add',
    'admin.policies.list',
    'admin.roles.list',
    'tabulator.create',
    'tabulator.list',
    'listBuckets',
    'bucketInfo',
  ],
  requires: ['own-registry', 'second-bucket'],
  tenant: { buckets: 2 },
  async run({ ops, world, attempt }) {
    const name = world.bucket(1);
    const [uri = ''] = await world.objects({ 'a.txt': 'a' }, { bucket: 1 });
    await ops.tabulator.create({ bucket: name, table: 'gone', config: tableConfig('a') });
    await ops.admin.buckets.remove({ name });
    await attempt(ops.admin.buckets.remove({ name }));
    await attempt(ops.admin.buckets.get({ name }));
    await attempt(ops.bucketInfo({ bucket: name }));
    await attempt(ops.tabulator.list({ bucket: name }));
    await ops.listBuckets();
    await ops.admin.buckets.list();
    await ops.admin.policies.list();
    await ops.admin.roles.list();
    await world.stat(uri);
    // Back again, it is a new one.
    await ops.admin.buckets.add({ name, title: 'Again' });
    await ops.tabulator.list({ bucket: name });
    await ops.admin.policies.list();
  },
});
