/** Raw GraphQL: a document of the caller's own. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'a sound document answers its data, under the names that it gives; without a token only what is open to all',
  level: 'must',
  needs: ['graphql'],
  requires: ['own-registry'],
  axes: { who: ['admin', 'user', 'nobody'] },
  tenant: { buckets: 2 },
  readsOnly: true,
  async run({ world, at, attempt }) {
    const as = at['who'] === 'admin' || at['who'] === 'nobody' ? at['who'] : 'user';
    const ops = await world.open({ as });
    await ops.graphql({ query: '{ me { name email isAdmin role { name } roles { name } } }' });
    await ops.graphql({ query: 'query Who { who: me { called: name } }' });
    await attempt(ops.graphql({ query: '{ bucketConfigs { name title description tags } }' }));
  },
});
