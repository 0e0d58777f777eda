/** A client that turns to a catalog uses it from then on. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'a client told only a token configures a catalog, and from then on knows catalog and registry',
  level: 'must',
  needs: ['configureCatalog', 'catalogConfig', 'registryUrl', 'authStatus', 'listBuckets'],
  requires: ['own-registry'],
  readsOnly: true,
  axes: { spelling: ['plain', 'slash', 'slashes'] },
  async run({ world, at }) {
    const end = { plain: '', slash: '/', slashes: '//' }[at['spelling'] ?? ''] ?? '';
    const ops = await world.open({ without: ['catalogUrl', 'registryUrl', 'graphqlUrl'] });
    await ops.configureCatalog({ catalogUrl: `${world.settings.catalogUrl}${end}` });
    await ops.catalogConfig();
    await ops.registryUrl();
    await ops.authStatus();
    await ops.listBuckets();
  },
});
