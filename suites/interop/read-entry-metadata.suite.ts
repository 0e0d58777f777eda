/** P-10, P-15: metadata of entries that one backend wrote is what the other reads. */
import { interop } from '../case/scenario.ts';

export default interop({
  title: 'metadata of entries that one backend wrote is read by the other, present, empty and absent',
  level: 'must',
  incidents: ['P-10', 'P-15'],
  needs: ['updateRevision', 'browse'],
  writerNeeds: ['createRevision', 'createRevision.files'],
  async run({ writer, reader, world }) {
    const name = world.packageName();
    const bytes = new TextEncoder().encode('x');
    const files = [
      { path: 'd/full.txt', bytes, metadata: { unit: 'mm', deep: { list: [1, null, 'ü'] } } },
      { path: 'd/empty.txt', bytes, metadata: {} },
      { path: 'd/none.txt', bytes },
    ];
    await writer.createRevision({ name, files, message: world.message('m') });
    await reader.browse({ name, path: 'd' });
    await reader.browse({ name, path: 'd/full.txt' });
    await world.nextSecond();
    await reader.updateRevision({ name, metadata: { touched: true }, message: world.message('kept') });
    await writer.browse({ name, path: 'd' });
    await reader.browse({ name, path: 'd/full.txt' });
  },
});
