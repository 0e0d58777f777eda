/** P-11, P-15: bytes are put below the package's name with their metadata. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'entries from bytes are uploaded below the package, with their metadata',
  level: 'must',
  incidents: ['P-11', 'P-15'],
  needs: ['createRevision', 'createRevision.files', 'updateRevision', 'updateRevision.files', 'browse', 'contentUrl'],
  async run({ ops, world }) {
    const name = world.packageName();
    const bytes = new TextEncoder().encode('from bytes');
    await ops.createRevision({
      name,
      files: [
        { path: 'd/a ü.txt', bytes, metadata: { unit: 'mm' } },
        { path: 'empty', bytes: new Uint8Array() },
      ],
      message: world.message('m'),
    });
    await ops.browse({ name, path: 'd/a ü.txt' });
    await ops.contentUrl({ name, path: 'd/a ü.txt' });
    await world.nextSecond();
    await ops.updateRevision({ name, files: [{ path: 'b.txt', bytes }], message: world.message('more') });
    await ops.browse({ name, path: '' });
    await world.count(`${name}/`);
  },
});
