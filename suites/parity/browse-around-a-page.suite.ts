/** C-12, P-08: a directory of so many entries is whole. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'a directory is whole around the border of a page',
  level: 'must',
  incidents: ['C-12', 'P-08'],
  needs: ['createRevision', 'browse', 'packageInfo'],
  tenant: { s3PageCap: 5 },
  axes: { entries: ['4', '5', '6'] },
  async run({ ops, world, at }) {
    const name = world.packageName();
    const contents = Object.fromEntries(Array.from({ length: Number(at['entries']) }, (_, i) => [`data/f${i}.txt`, `content ${i}`]));
    await ops.createRevision({ name, uris: await world.objects(contents), message: 'm' });
    await ops.packageInfo({ name });
    await ops.browse({ name, path: 'data' });
  },
});
