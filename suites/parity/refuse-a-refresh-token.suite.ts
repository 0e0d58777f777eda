/** P-25: a refresh token that the registry does not know. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'a refresh token that is refused is an AuthenticationError, and is not asked for while the token is in force',
  level: 'must',
  incidents: ['P-25'],
  needs: ['bucketInfo', 'awsCredentials', 'authStatus'],
  requires: ['control'],
  async run({ world, attempt }) {
    const refreshToken = 'a-refresh-token-that-nobody-issued';
    const alone = await world.open({ refreshToken, without: ['token'] });
    await attempt(alone.bucketInfo({ bucket: world.bucket() }));
    await attempt(alone.awsCredentials());
    await attempt(alone.authStatus());
    const beside = await world.open({ refreshToken });
    await beside.bucketInfo({ bucket: world.bucket() });
    await beside.authStatus();
  },
});
