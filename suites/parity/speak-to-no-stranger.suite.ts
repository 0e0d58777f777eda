/** P-29: the Platform backend speaks to the catalog and its registry, and to nobody else. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'a working day of package operations reaches the catalog and its registry, and S3 only from a backend that is made for it',
  level: 'must',
  incidents: ['P-29'],
  needs: [
    'catalogConfig',
    'authStatus',
    'listBuckets',
    'createRevision',
    'updateRevision',
    'packageInfo',
    'listRevisions',
    'listPackages',
    'searchPackages',
    'browse',
    'contentUrl',
    'diff',
    'deletePackage',
    'awsCredentials',
  ],
  requires: ['own-bucket'],
  async run({ ops, world }) {
    const name = world.packageName();
    const [a = '', b = ''] = await world.objects({ 'a.txt': 'a', 'b.txt': 'b' });
    await ops.catalogConfig();
    await ops.authStatus();
    await ops.listBuckets();
    const { topHash } = await ops.createRevision({ name, uris: [a], message: 'first' });
    await world.nextSecond();
    await ops.updateRevision({ name, uris: [b], message: 'second' });
    await ops.packageInfo({ name });
    await ops.listRevisions({ name });
    await ops.listPackages({});
    await ops.searchPackages({ query: 'second' });
    await ops.browse({ name, path: '' });
    await ops.contentUrl({ name, path: 'a.txt' });
    await ops.diff({ name, from: topHash, to: 'latest' });
    await ops.deletePackage({ name });
    await ops.awsCredentials();
    const registry = ['{catalog}', '{registry}'];
    await world.strays({ platform: registry, quilt3: [...registry, '{s3}'], 'quilt3-python': [...registry, '{s3}'] });
  },
});
