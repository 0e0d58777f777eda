/** P-02: a token that does not say where its stack is. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'where only the token could say which stack, and does not, the error is an AuthenticationError that names the claim',
  level: 'must',
  incidents: ['P-02'],
  needs: ['catalogConfig', 'registryUrl', 'listBuckets', 'bucketInfo', 'awsCredentials', 'graphql', 'admin.users.list', 'tabulator.list'],
  requires: ['control'],
  as: 'user',
  axes: { lacks: ['both', 'registry', 'catalog'] },
  readsOnly: true,
  async run({ world, at, attempt }) {
    const claims = {
      ...(at['lacks'] !== 'registry' && { catalog_url: null }),
      ...(at['lacks'] !== 'catalog' && { registry_url: null }),
    };
    const token = await world.token({ user: 'user', claims });
    const ops = await world.open({ token, without: ['catalogUrl', 'registryUrl', 'graphqlUrl', 'refreshToken'] });
    await attempt(ops.catalogConfig());
    await attempt(ops.registryUrl());
    await attempt(ops.listBuckets());
    await attempt(ops.bucketInfo({ bucket: world.bucket() }));
    await attempt(ops.awsCredentials());
    await attempt(ops.graphql({ query: '{ me { name } }' }));
    await attempt(ops.admin.users.list());
    await attempt(ops.tabulator.list({ bucket: world.bucket() }));
  },
});
