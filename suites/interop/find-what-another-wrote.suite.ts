/** P-14, P-27: lists and searches of one backend hold what the other wrote, and no more what it deleted. */
import { interop } from '../case/scenario.ts';

export default interop({
  title: 'a package that one backend wrote is listed and found by the other at once, and by neither once it is deleted',
  level: 'must',
  incidents: ['P-14', 'P-27'],
  needs: ['createRevision', 'deletePackage', 'listPackages', 'searchPackages'],
  requires: ['own-bucket'],
  async run({ writer, reader, world }) {
    const name = world.packageName();
    const uris = await world.objects({ 'a.txt': 'a', 'b/ü +%.txt': 'b' });
    await writer.createRevision({ name, uris, metadata: { é: [1, 2.5, null], tags: ['x'] }, message: 'première' });
    await reader.listPackages({});
    await reader.searchPackages({ query: 'première' });
    await reader.deletePackage({ name });
    await writer.listPackages({});
    await writer.searchPackages({ query: '*' });
  },
});
