/** P-16: a file above one chunk of 8 MiB is hashed by its chunks. */
import { scenario } from '../case/scenario.ts';

const pattern = Uint8Array.from({ length: 251 }, (_, i) => (i * 31) % 251);
let made: Buffer | undefined;
/** One for every side and point, since each would be 8 MB. */
const content = (): Buffer => {
  made ??= Buffer.alloc(8_388_609, pattern);
  return made;
};

export default scenario({
  title: 'a file of more than one chunk has the hash of its chunks, at the border too',
  level: 'must',
  incidents: ['P-16'],
  needs: ['createRevision', 'packageInfo'],
  axes: { bytes: ['8388607', '8388608', '8388609'] },
  async run({ ops, world, at }) {
    const name = world.packageName();
    const bytes = content().subarray(0, Number(at['bytes']));
    await ops.createRevision({ name, uris: await world.objects({ 'big.bin': bytes }), message: 'm' });
    await ops.packageInfo({ name });
  },
});
