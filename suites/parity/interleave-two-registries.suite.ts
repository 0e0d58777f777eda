/** P-23: two registries in one session never meet. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'two registries in one session, asked at once, each answer for themselves',
  level: 'must',
  incidents: ['P-23'],
  needs: ['createRevision', 'packageInfo', 'listPackages', 'browse'],
  requires: ['own-bucket', 'second-bucket'],
  tenant: { buckets: 2 },
  async run({ ops, world }) {
    const name = world.packageName();
    const uris = await world.objects({ 'a.txt': 'a', 'b.txt': 'b' });
    const registries = [`s3://${world.bucket(0)}`, `s3://${world.bucket(1)}`];
    await Promise.all(
      registries.map((registry, i) =>
        ops.createRevision({ registry, name, uris: uris.slice(i), metadata: { registry: i }, message: `${i}` }),
      ),
    );
    await Promise.all([...registries, ...registries].map((registry) => ops.packageInfo({ registry, name })));
    await Promise.all(registries.map((registry) => ops.browse({ registry, name, path: '' })));
    await Promise.all(registries.map((registry) => ops.listPackages({ registry })));
  },
});
