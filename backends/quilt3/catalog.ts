/** Operations on where the client points. */
import { requireItem } from '../selection.ts';
import { noDocuments, type Topic } from './call.ts';
import { fetchConfig } from './catalog-config.ts';
import { registryUrlOf } from './registry-url.ts';

export const catalog: Topic<'catalogConfig' | 'configureCatalog' | 'registryUrl'> = {
  catalogConfig: noDocuments("the catalog's config.json is no GraphQL", (call) =>
    fetchConfig(call, requireItem(call.operation, 'quilt3', 'catalogUrl', call.session.sources)),
  ),

  configureCatalog: noDocuments("the catalog's config.json is no GraphQL", async (call, { catalogUrl }) => {
    const config = await fetchConfig(call, catalogUrl);
    const { session } = call;
    session.config = config;
    // An endpoint that was told belongs to the stack before.
    const { graphqlUrl: _, ...kept } = session.settings;
    session.settings = { ...kept, catalogUrl: config.catalogUrl, registryUrl: config.registryUrl };
    return config;
  }),

  registryUrl: noDocuments('the client knows it, or the catalog does', async (call) => ({ registryUrl: await registryUrlOf(call) })),
};
