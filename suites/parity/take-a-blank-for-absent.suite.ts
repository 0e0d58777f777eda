/** P-01: a blank value is none, since a shell cannot tell the two apart. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'blank settings and variables count as absent',
  level: 'must',
  incidents: ['P-01'],
  needs: ['registryUrl', 'authStatus', 'catalogConfig', 'listPackages'],
  requires: ['own-registry'],
  readsOnly: true,
  async run({ world, attempt }) {
    const { registryUrl = '', catalogUrl = '', token = '' } = world.settings;
    const blank = { catalogUrl: ' ', registryUrl: '', graphqlUrl: '', token: ' ' };
    const env = {
      QUILT_REGISTRY_URL: ` ${registryUrl} `,
      QUILT_CATALOG_URL: catalogUrl,
      QUILT_GRAPHQL_ENDPOINT: ' ',
      MCP_JWT_TOKEN: token,
    };
    const ops = await world.open({ ...blank, env, without: ['refreshToken'] });
    await ops.registryUrl();
    await ops.authStatus();
    await ops.catalogConfig();
    const lost = await world.open({ ...blank, env: { QUILT_REGISTRY_URL: '', QUILT_CATALOG_URL: ' ' }, without: ['refreshToken'] });
    await attempt(lost.registryUrl());
    await attempt(lost.catalogConfig());
    await attempt((await world.open({ registry: ' ' })).listPackages({}));
  },
});
