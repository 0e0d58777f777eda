/** P-16, P-27: what one backend writes, the other reads, value by value, at once. */
import { interop } from '../case/scenario.ts';

export default interop({
  title: 'a package that one backend wrote is read by the other, with the same top hash and bytes',
  level: 'must',
  incidents: ['P-16', 'P-27'],
  needs: ['createRevision', 'packageInfo', 'browse', 'listPackages', 'listRevisions', 'contentUrl'],
  async run({ writer, reader, world, attempt }) {
    const name = world.packageName();
    await attempt(reader.packageInfo({ name }));
    const uris = await world.objects({ 'a.txt': 'a', 'b/ü +%.txt': 'b', empty: '' });
    await writer.createRevision({ name, uris, metadata: { é: [1, 2.5, null], tags: ['x'] }, message: 'première' });
    await reader.packageInfo({ name });
    await reader.browse({ name, path: '' });
    await reader.browse({ name, path: world.keyOf('b/ü +%.txt') });
    await reader.contentUrl({ name, path: world.keyOf('b/ü +%.txt') });
    await reader.listRevisions({ name });
    await reader.listPackages({ prefix: world.packageName('') });
  },
});
