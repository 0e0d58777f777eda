/** P-30: a parameter value that a backend lacks is refused with a type, and nothing is written. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'copy and bytes are refused by a backend that lacks them, before anything is written',
  level: 'must',
  incidents: ['P-30'],
  needs: ['createRevision', 'listPackages'],
  requires: ['own-bucket'],
  only: { backends: ['platform'], because: 'it supports copy and bytes' },
  axes: { parameter: ['copy', 'files'] },
  async run({ ops, world, at, attempt }) {
    const name = world.packageName();
    const uris = await world.objects({ 'a.txt': 'a' });
    const given = at['parameter'] === 'copy' ? { uris, copy: true } : { files: [{ path: 'b.txt', bytes: new Uint8Array([1]) }] };
    const refused = await attempt(ops.createRevision({ name, message: 'm', ...given }));
    world.note('refused', refused === null);
    await ops.listPackages({});
    await world.count('.quilt/');
  },
});
