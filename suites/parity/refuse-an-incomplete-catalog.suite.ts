/** C-11, P-06: a catalog whose configuration lacks what clients need is refused by the name of what it lacks. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'a config.json without a key that clients need is a BackendError that names the first one missing',
  level: 'must',
  incidents: ['P-06', 'C-11'],
  needs: ['catalogConfig', 'configureCatalog', 'registryUrl'],
  requires: ['control'],
  axes: { lacks: ['region', 'api-gateway-endpoint', 'registry-url', 'analytics-bucket', 'two', 'all'] },
  async run({ ops, world, at, attempt }) {
    const keys = {
      region: ['region'],
      'api-gateway-endpoint': ['apiGatewayEndpoint'],
      'registry-url': ['registryUrl'],
      'analytics-bucket': ['analyticsBucket'],
      two: ['analyticsBucket', 'apiGatewayEndpoint'],
      all: ['analyticsBucket', 'apiGatewayEndpoint', 'registryUrl', 'region'],
    }[at['lacks'] ?? ''];
    for (const change of [{ remove: true }, { value: '' }, { value: null }]) {
      const edits = (keys ?? []).map((key) => ({ pointer: `/${key}`, ...change }));
      await world.fault({ door: 'catalog', operation: '/config.json', answer: { kind: 'rewrite', edits } });
      await attempt(ops.catalogConfig());
      await attempt(ops.configureCatalog({ catalogUrl: world.settings.catalogUrl ?? '' }));
      await attempt((await world.open({ as: 'nobody', without: ['registryUrl'] })).registryUrl());
      await world.clearFaults();
    }
    await ops.catalogConfig();
  },
});
