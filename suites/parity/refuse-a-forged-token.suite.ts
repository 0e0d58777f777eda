/** P-05: a token that this registry did not sign. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'a token signed with another secret, unsigned, of nobody or malformed is an AuthenticationError, and nothing is changed',
  level: 'must',
  incidents: ['P-05'],
  needs: ['authStatus', 'bucketInfo', 'awsCredentials', 'graphql', 'admin.policies.createManaged', 'admin.policies.list'],
  requires: ['own-registry'],
  axes: { token: ['other-secret', 'unsigned', 'no-such-user', 'malformed', 'cut'], refresh: ['none', 'at-hand'] },
  async run({ ops, world, at, attempt }) {
    const good = await world.token({ user: 'admin' });
    const token = {
      'other-secret': await world.token({ user: 'admin', signedBy: 'other' }),
      unsigned: await world.token({ user: 'admin', signedBy: 'none' }),
      'no-such-user': await world.token({ user: 'nobody-by-this-name' }),
      malformed: 'not-a-token',
      cut: good.slice(0, -5),
    }[at['token'] ?? ''];
    const forged = await world.open({ token: token ?? '', without: at['refresh'] === 'none' ? ['refreshToken'] : [] });
    await attempt(forged.authStatus());
    await attempt(forged.bucketInfo({ bucket: world.bucket() }));
    await attempt(forged.awsCredentials());
    await attempt(forged.graphql({ query: '{ me { name } }' }));
    await attempt(forged.admin.policies.createManaged({ title: 'Forged', permissions: [], roles: [] }));
    await ops.admin.policies.list();
  },
});
