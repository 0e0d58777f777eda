/** P-03: an expired token opens nothing, whatever is asked. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'with a token that has expired every question to the registry is an AuthenticationError, and nothing is changed',
  level: 'must',
  incidents: ['P-03'],
  needs: ['authStatus', 'listBuckets', 'bucketInfo', 'awsCredentials', 'graphql', 'admin.policies.createManaged', 'admin.policies.list'],
  requires: ['control'],
  axes: { ended: ['just-now', 'long-ago'] },
  async run({ ops, world, at, attempt }) {
    const token = await world.token({ user: 'admin', expiresIn: at['ended'] === 'just-now' ? -1 : -86_400 });
    const late = await world.open({ token, without: ['refreshToken'] });
    await attempt(late.authStatus());
    await attempt(late.listBuckets());
    await attempt(late.bucketInfo({ bucket: world.bucket() }));
    await attempt(late.awsCredentials());
    await attempt(late.graphql({ query: '{ me { name } }' }));
    await attempt(late.admin.policies.createManaged({ title: 'Late', permissions: [], roles: [] }));
    await ops.admin.policies.list();
  },
});
