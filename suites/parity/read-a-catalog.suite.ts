/** The catalog's own words about where everything is. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'the configuration of the catalog, and the registry that it names',
  level: 'must',
  needs: ['catalogConfig', 'registryUrl'],
  requires: ['own-registry'],
  readsOnly: true,
  async run({ ops, world }) {
    await ops.catalogConfig();
    await ops.registryUrl();
    const told = await world.open({ as: 'nobody', without: ['registryUrl', 'graphqlUrl'] });
    await told.registryUrl();
    await told.catalogConfig();
    await (await world.open({ as: 'nobody', catalogUrl: `${world.settings.catalogUrl}//` })).catalogConfig();
  },
});
