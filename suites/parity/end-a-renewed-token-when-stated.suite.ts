/** P-25: a token that a client fetched for itself lives as long as the target states. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'a renewed token is used for its stated life, without asking for another, and not longer',
  level: 'must',
  incidents: ['P-25'],
  needs: ['bucketInfo', 'authStatus'],
  requires: ['control'],
  tenant: { tokenSeconds: 600 },
  async run({ world, attempt }) {
    const ops = await world.open({ without: ['token'] });
    await ops.bucketInfo({ bucket: world.bucket() });
    // From here on nobody gets a new token, so that every answer is one to the token at hand.
    await world.fault({ door: 'rest', operation: '/api/token', answer: { kind: 'respond', status: 503 } });
    // quilt3 renews a minute ahead.
    await world.advance(500);
    await ops.bucketInfo({ bucket: world.bucket() });
    await world.advance(101);
    await attempt(ops.bucketInfo({ bucket: world.bucket() }));
    await attempt(ops.authStatus());
    await world.clearFaults();
    await ops.bucketInfo({ bucket: world.bucket() });
  },
});
