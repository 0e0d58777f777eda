/** P-12: a key cannot be a file and a directory of one package. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'a key that is a directory of another is refused, when created and when updated',
  level: 'must',
  incidents: ['P-12'],
  needs: ['createRevision', 'updateRevision', 'browse'],
  // In two buckets, since an S3 over a file system cannot hold both.
  tenant: { buckets: 2 },
  async run({ ops, world, attempt }) {
    const name = world.packageName();
    const [file = ''] = await world.objects({ data: 'a file' });
    const [below = ''] = await world.objects({ 'data/a.txt': 'below it' }, { bucket: 1 });
    await attempt(ops.createRevision({ name, uris: [file, below], message: 'm' }));
    await ops.createRevision({ name, uris: [file], message: 'm' });
    await attempt(ops.updateRevision({ name, uris: [below], message: 'm' }));
    await ops.browse({ name, path: '' });
  },
});
