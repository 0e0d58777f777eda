/** P-11, P-23: an object of another bucket is entered where it lies. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'objects of another bucket are entered where they lie',
  level: 'must',
  incidents: ['P-11', 'P-23'],
  needs: ['createRevision', 'browse', 'contentUrl'],
  requires: ['second-bucket'],
  tenant: { buckets: 2 },
  async run({ ops, world }) {
    const name = world.packageName();
    const uris = await world.objects({ 'far/a.txt': 'from afar' }, { bucket: 1 });
    await ops.createRevision({ name, uris, message: 'm' });
    await ops.browse({ name, path: world.keyOf('far/a.txt') });
    await ops.contentUrl({ name, path: world.keyOf('far/a.txt') });
    await world.count(name);
  },
});
