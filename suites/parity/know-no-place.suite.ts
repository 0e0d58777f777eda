/** P-01: a client that was told nothing says so. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'a client without catalog, registry or token knows nobody and no place, and refuses what needs one before any request',
  level: 'must',
  incidents: ['P-01'],
  needs: ['authStatus', 'catalogConfig', 'registryUrl', 'listBuckets', 'bucketInfo', 'awsCredentials', 'graphql', 'admin.users.list'],
  as: 'nobody',
  readsOnly: true,
  async run({ world, attempt }) {
    const ops = await world.open({ as: 'nobody', without: ['catalogUrl', 'registryUrl', 'graphqlUrl'] });
    await attempt(ops.authStatus());
    await attempt(ops.catalogConfig());
    await attempt(ops.registryUrl());
    await attempt(ops.listBuckets());
    await attempt(ops.bucketInfo({ bucket: world.bucket() }));
    await attempt(ops.awsCredentials());
    await attempt(ops.graphql({ query: '{ me { name } }' }));
    await attempt(ops.admin.users.list());
  },
});
