/** P-10: metadata of an entry survives an update that does not name it, and goes with an entry that is replaced. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'metadata of entries survives an update that does not name them',
  level: 'must',
  incidents: ['P-10'],
  needs: ['createRevision', 'createRevision.files', 'updateRevision', 'browse'],
  async run({ ops, world }) {
    const name = world.packageName();
    const bytes = new TextEncoder().encode('x');
    await ops.createRevision({
      name,
      files: [
        { path: 'kept.txt', bytes, metadata: { a: [1] } },
        { path: 'a.txt', bytes, metadata: { gone: true } },
        { path: 'bare.txt', bytes, metadata: {} },
      ],
      message: world.message('m'),
    });
    const [uri = ''] = await world.objects({ 'a.txt': 'new' });
    await world.nextSecond();
    await ops.updateRevision({ name, uris: [uri], organise: false, message: world.message('second') });
    await ops.browse({ name, path: '' });
  },
});
