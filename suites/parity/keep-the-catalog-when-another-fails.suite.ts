/** A catalog that cannot be read is not turned to. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'a client that fails to turn to another catalog goes on with its own',
  level: 'must',
  incidents: ['P-06'],
  needs: ['configureCatalog', 'authStatus', 'registryUrl', 'bucketInfo'],
  requires: ['second-tenant'],
  async run({ ops, world, attempt }) {
    const { world: other } = await world.neighbour();
    await other.fault({ door: 'catalog', answer: { kind: 'respond', status: 503 } });
    await attempt(ops.configureCatalog({ catalogUrl: other.settings.catalogUrl ?? '' }));
    await ops.authStatus();
    await ops.registryUrl();
    await ops.bucketInfo({ bucket: world.bucket() });
    await other.clearFaults();
    await ops.configureCatalog({ catalogUrl: other.settings.catalogUrl ?? '' });
    await ops.authStatus();
  },
});
