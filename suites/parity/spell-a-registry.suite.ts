/** P-23: a registry in each of its spellings is one and the same. */
import { scenario } from '../case/scenario.ts';

const spellings: Readonly<Record<string, (bucket: string) => string>> = {
  uri: (bucket) => `s3://${bucket}`,
  slash: (bucket) => `s3://${bucket}/`,
  bare: (bucket) => bucket,
  prefix: (bucket) => `s3://${bucket}/some/prefix`,
  http: (bucket) => `https://${bucket}.s3.amazonaws.com`,
  blank: () => '',
  nobucket: () => 's3://',
};

export default scenario({
  title: 'every spelling of a registry reaches the same bucket, or is refused alike',
  level: 'must',
  incidents: ['P-23'],
  needs: ['createRevision', 'packageInfo', 'browse', 'listPackages', 'listRevisions', 'contentUrl', 'deletePackage'],
  requires: ['own-bucket', 'second-bucket'],
  tenant: { buckets: 2 },
  axes: { spelling: Object.keys(spellings) },
  async run({ ops, world, at, attempt }) {
    const registry = spellings[at['spelling'] ?? '']?.(world.bucket(1)) ?? '';
    const name = world.packageName();
    const uris = await world.objects({ 'a.txt': 'a' });
    await attempt(ops.createRevision({ registry, name, uris, message: 'm' }));
    await attempt(ops.packageInfo({ registry, name }));
    await attempt(ops.browse({ registry, name, path: '' }));
    await attempt(ops.listPackages({ registry }));
    await attempt(ops.listRevisions({ registry, name }));
    await attempt(ops.contentUrl({ registry, name, path: world.keyOf('a.txt') }));
    await attempt(ops.deletePackage({ registry, name }));
    await ops.listPackages({});
    await ops.listPackages({ registry: `s3://${world.bucket(1)}` });
  },
});
