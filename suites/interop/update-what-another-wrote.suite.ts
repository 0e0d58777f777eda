/** P-10, P-27: one backend updates what the other wrote, and neither answers from an old copy. */
import { interop } from '../case/scenario.ts';

export default interop({
  title: 'backends take turns in updating one package, and each sees the other at once',
  level: 'must',
  incidents: ['P-10', 'P-27'],
  needs: ['createRevision', 'updateRevision', 'packageInfo', 'browse', 'listRevisions', 'diff'],
  async run({ writer, reader, world }) {
    const name = world.packageName();
    const [a = '', b = '', c = ''] = await world.objects({ 'a.txt': 'a', 'b.txt': 'b', 'c.txt': 'c' });
    const first = await writer.createRevision({ name, uris: [a], metadata: { from: 'writer', n: 1 }, message: '1' });
    await reader.packageInfo({ name });
    await world.nextSecond();
    await reader.updateRevision({ name, uris: [b], metadata: { from: 'reader' }, message: '2' });
    await writer.packageInfo({ name });
    await writer.browse({ name, path: '' });
    await world.nextSecond();
    const last = await writer.updateRevision({ name, uris: [c], message: '3' });
    await reader.packageInfo({ name });
    await reader.browse({ name, path: '' });
    await reader.listRevisions({ name });
    await reader.diff({ name, from: first.topHash, to: last.topHash });
  },
});
