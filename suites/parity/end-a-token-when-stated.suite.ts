/** P-25: a token lives as long as the target states, to the second before and the second after. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'a token is good until its stated life is over, and not longer',
  level: 'must',
  incidents: ['P-25'],
  needs: ['bucketInfo', 'authStatus'],
  requires: ['control'],
  tenant: { tokenSeconds: 300 },
  axes: { minted: ['by-default', 'for-longer', 'for-shorter'] },
  async run({ world, at, attempt }) {
    const life = { 'by-default': 300, 'for-longer': 1_000, 'for-shorter': 60 }[at['minted'] ?? ''] ?? 0;
    const token = await world.token({ user: 'user', ...(at['minted'] !== 'by-default' && { expiresIn: life }) });
    const ops = await world.open({ token, without: ['refreshToken'] });
    await ops.authStatus();
    // Ten seconds are what a busy machine may take up to here.
    await world.advance(life - 10);
    await ops.bucketInfo({ bucket: world.bucket() });
    await world.advance(11);
    await attempt(ops.bucketInfo({ bucket: world.bucket() }));
    await attempt(ops.authStatus());
  },
});
