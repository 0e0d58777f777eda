/** The catalog's config.json. */
import { RestError, restJson, restToQuiltError } from '../wire/rest.ts';
import { type Call, errorOf } from './call.ts';

/** Keys without which quilt3 refuses a catalog (quilt-protocol.md, Catalog and registry). */
const REQUIRED = ['region', 'apiGatewayEndpoint', 'registryUrl', 'analyticsBucket'] as const;

export type CatalogConfig = { readonly catalogUrl: string } & { readonly [K in (typeof REQUIRED)[number]]: string };

/** Asks a catalog; a missing key is a BackendError that names it and the URL. */
export async function fetchConfig(call: Call, catalogUrl: string): Promise<CatalogConfig> {
  const base = catalogUrl.replace(/\/+$/, '');
  if (!/^https?:\/\/[^/]/.test(base)) {
    throw errorOf(call, 'ValidationError', `catalogUrl: expected an http or https URL, got ${JSON.stringify(catalogUrl)}`, {
      field: 'catalogUrl',
    });
  }
  const url = `${base}/config.json`;
  const { json } = await restJson(call.session.door, { url, protocol: 'catalog' }).catch((error: unknown) => {
    const missing = error instanceof RestError && error.status === 404;
    throw restToQuiltError(call.operation, error, missing ? { subject: 'catalogUrl' } : {});
  });
  const given = typeof json === 'object' && json !== null ? (json as Readonly<Record<string, unknown>>) : {};
  const key = (name: (typeof REQUIRED)[number]): string => {
    const value = given[name];
    if (typeof value === 'string' && value !== '') return value;
    throw errorOf(call, 'BackendError', `${url}: expected ${name}, got ${value === undefined ? 'none' : JSON.stringify(value)}`, {
      subject: name,
    });
  };
  // The first that is missing is named, so they are read in their order.
  const [region, apiGatewayEndpoint, registryUrl, analyticsBucket] = REQUIRED.map(key) as [string, string, string, string];
  return { catalogUrl: base, registryUrl, region, apiGatewayEndpoint, analyticsBucket };
}
