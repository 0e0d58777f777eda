/** P-18: a bucket of S3 becomes one of the stack, with the settings that are given. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'a bucket is added with all its settings, or with the defaults of what is left out, and is there for users then',
  level: 'must',
  incidents: ['P-18'],
  tags: ['administration'],
  needs: [
    'admin.buckets.remove',
    'admin.buckets.add',
    'admin.buckets.update',
    'admin.buckets.get',
    'admin.buckets.list',
    'listBuckets',
    'bucketInfo',
  ],
  requires: ['own-registry'],
  async run({ ops, world }) {
    const name = world.bucket();
    await ops.admin.buckets.remove({ name });
    await ops.admin.buckets.add({
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
    await ops.admin.buckets.get({ name });
    await ops.bucketInfo({ bucket: name });
    await ops.admin.buckets.list();
    await ops.admin.buckets.remove({ name });
    await ops.admin.buckets.add({ name, title: 'Plain' });
    await ops.listBuckets();
    await ops.bucketInfo({ bucket: name });
    // A change does not index it anew.
    await world.advance(60);
    await ops.admin.buckets.update({ name, title: 'Changed' });
    await ops.admin.buckets.list();
  },
});
