/** P-25: a refresh token is used when the token has ended or is missing. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'a client with a refresh token fetches a new token when its own has ended or is missing, and goes on',
  level: 'must',
  incidents: ['P-25', 'P-04'],
  needs: ['authStatus', 'bucketInfo', 'awsCredentials', 'graphql'],
  requires: ['control'],
  tenant: { tokenSeconds: 600 },
  axes: { token: ['missing', 'expired', 'ends-on-the-way'] },
  async run({ world, at }) {
    const token = await world.token({ user: 'user', ...(at['token'] === 'expired' && { expiresIn: -5 }) });
    const ops = await world.open(at['token'] === 'missing' ? { without: ['token'] } : { token });
    if (at['token'] === 'ends-on-the-way') {
      await ops.bucketInfo({ bucket: world.bucket() });
      await world.advance(700);
    }
    await ops.authStatus();
    await ops.bucketInfo({ bucket: world.bucket() });
    await ops.awsCredentials();
    await ops.graphql({ query: '{ me { name } }' });
    // The new one ends as well, and is renewed again.
    await world.advance(700);
    await ops.bucketInfo({ bucket: world.bucket() });
  },
});
