/** P-27: what one backend deletes is gone for the other at once. */
import { interop } from '../case/scenario.ts';

export default interop({
  title: 'a revision and a package that one backend deletes are gone for the other at once',
  level: 'must',
  incidents: ['P-27'],
  needs: ['createRevision', 'deletePackage', 'packageInfo', 'listPackages', 'listRevisions'],
  async run({ writer, reader, world, attempt }) {
    const name = world.packageName();
    const { topHash } = await writer.createRevision({ name, metadata: { n: 1 }, message: world.message('1') });
    await world.nextSecond();
    await writer.createRevision({ name, metadata: { n: 2 }, message: world.message('2') });
    await reader.listRevisions({ name });
    await writer.deletePackage({ name, hash: topHash });
    await reader.listRevisions({ name });
    await attempt(reader.packageInfo({ name, hash: topHash }));
    await reader.packageInfo({ name });
    await reader.deletePackage({ name });
    await attempt(writer.packageInfo({ name }));
    await writer.listPackages({ prefix: world.packageName('') });
  },
});
