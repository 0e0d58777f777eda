/** P-10, C-12: an update of a package above the size of a page keeps every entry. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'an update keeps every entry of a package larger than a page, and of one that the flat map refuses',
  level: 'must',
  incidents: ['C-12', 'P-10'],
  needs: ['createRevision', 'updateRevision', 'browse', 'packageInfo', 'diff'],
  tenant: { s3PageCap: 5, contentsCap: 5 },
  axes: { entries: ['4', '5', '6', '12'] },
  async run({ ops, world, at }) {
    const name = world.packageName();
    const contents = Object.fromEntries(Array.from({ length: Number(at['entries']) }, (_, i) => [`d${i % 3}/f${i}.txt`, `content ${i}`]));
    const first = await ops.createRevision({ name, uris: await world.objects(contents), message: 'first' });
    await world.nextSecond();
    const second = await ops.updateRevision({ name, uris: await world.objects({ 'more.txt': 'more' }), message: 'second' });
    await ops.packageInfo({ name });
    await ops.browse({ name, path: '' });
    await ops.browse({ name, path: world.keyOf('d1') });
    await ops.diff({ name, from: first.topHash, to: second.topHash });
  },
});
