/** P-13: a bucket of another tenant is none of this one's. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: "another tenant's bucket is a NotFoundError to a token of this one, and stays as it was",
  level: 'must',
  incidents: ['P-13'],
  needs: ['bucketInfo', 'packageInfo', 'listPackages', 'createRevision', 'browse'],
  requires: ['second-tenant', 'own-bucket'],
  async run({ ops, world, attempt }) {
    const { world: other, ops: others } = await world.neighbour();
    const name = world.packageName();
    const theirs = await other.objects({ 'a.txt': 'theirs' });
    await others.createRevision({ name, uris: theirs, message: 'theirs' });
    // Keys from the registry, whose scope is the token's.
    const own = await world.open({ without: ['accessKeyId', 'secretAccessKey'] });
    await attempt(own.bucketInfo({ bucket: other.bucket() }));
    await attempt(ops.packageInfo({ name }));
    await ops.listPackages({});
    await others.listPackages({});
    await others.browse({ name, path: '' });
  },
});
