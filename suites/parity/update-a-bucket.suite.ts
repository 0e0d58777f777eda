/** P-18: an update of a bucket is the whole of its settings. */
import { scenario } from '../case/scenario.ts';
import { tableConfig } from './table-config.ts';

export default scenario({
  title: 'settings become exactly what is given: what is left out is the default again, tables stay',
  level: 'must',
  incidents: ['P-18'],
  tags: ['administration'],
  needs: ['admin.buckets.update', 'admin.buckets.get', 'bucketInfo', 'tabulator.create', 'tabulator.list'],
  requires: ['own-registry'],
  async run({ ops, world }) {
    const name = world.bucket();
    await ops.tabulator.create({ bucket: name, table: 'kept', config: tableConfig('a') });
    await ops.admin.buckets.update({
      name,
      title: 'Second: ä',
      description: 'all settings',
      iconUrl: 'https://example.com/icon.png',
      linkedData: { '@type': 'Dataset', keywords: ['a', 1, null] },
      overviewUrl: 's3://elsewhere/README.md',
      tags: ['b', 'a'],
      relevanceScore: 7,
      browsable: true,
      fileExtensionsToIndex: ['.csv', '.JSON'],
      indexContentBytes: 1_048_576,
      snsNotificationArn: 'DO_NOT_SUBSCRIBE',
      scannerParallelShardsDepth: 2,
      skipMetaDataIndexing: true,
    });
    await ops.admin.buckets.list();
    await ops.bucketInfo({ bucket: name });
    await ops.admin.buckets.update({
      name,
      title: 'Third',
      tags: [],
      description: '',
      relevanceScore: 0,
      indexContentBytes: 0,
      fileExtensionsToIndex: [],
    });
    await ops.bucketInfo({ bucket: name });
    await ops.admin.buckets.update({ name, title: 'Fourth', browsable: false, relevanceScore: -1 });
    await ops.admin.buckets.get({ name });
    await ops.tabulator.list({ bucket: name });
  },
});
