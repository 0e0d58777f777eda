/** The catalog: its configuration, which also says where the registry is, and its way to the bytes of a file. */
import { QuiltError } from '../errors.ts';
import { requireItem, select } from '../selection.ts';
import type { WireResponse } from '../wire/door.ts';
import { RestError, restJson, restSend, restToQuiltError } from '../wire/rest.ts';
import type { PlatformSession } from './session.ts';

/** Keys of config.json without which quilt3 8.0.0 and quilt-mcp refuse a catalog, in the order in which a missing one is named. */
const required = ['region', 'apiGatewayEndpoint', 'registryUrl', 'analyticsBucket'] as const;

export type CatalogConfig = { readonly [K in (typeof required)[number] | 'catalogUrl']: string };

/** The catalog's URL without a slash at its end. */
export function catalogUrlOf(session: PlatformSession, operation: string): string {
  return requireItem(operation, 'platform', 'catalogUrl', session.sources).replace(/\/+$/, '');
}

/** The registry's URL without a slash at its end; the catalog is asked when nothing nearer says it. */
export async function registryUrlOf(session: PlatformSession, operation: string): Promise<string> {
  const isTold = select('platform', 'registryUrl', session.sources).value !== null;
  if (!isTold && select('platform', 'catalogUrl', session.sources).value !== null) await readConfig(session, operation);
  return requireItem(operation, 'platform', 'registryUrl', session.sources).replace(/\/+$/, '');
}

/** Throws when nothing says where the registry is, and no catalog is named that could; asks nobody. */
export function requireSomeRegistry(session: PlatformSession, operation: string): void {
  const isNamed = (['graphqlUrl', 'registryUrl', 'catalogUrl'] as const).some(
    (item) => select('platform', item, session.sources).value !== null,
  );
  if (!isNamed) requireItem(operation, 'platform', 'registryUrl', session.sources);
}

/** Reads config.json, for which no token is needed. */
export async function readConfig(session: PlatformSession, operation: string): Promise<CatalogConfig> {
  const catalogUrl = catalogUrlOf(session, operation);
  const config = await fetchConfig(session, operation, catalogUrl);
  session.config = config;
  return config;
}

/** Turns to another catalog, and to the registry that it names. A catalog that cannot be read leaves everything as it was. */
export async function turnTo(session: PlatformSession, operation: string, catalogUrl: string): Promise<CatalogConfig> {
  const config = await fetchConfig(session, operation, catalogUrl.replace(/\/+$/, ''));
  const { graphqlUrl: _, ...kept } = session.settings;
  session.settings = { ...kept, catalogUrl: config.catalogUrl, registryUrl: config.registryUrl };
  session.config = config;
  session.graphqlUrl = null;
  return config;
}

/** Where the catalog's browse route sends a reader of a file: a URL that S3 answers without credentials, until it ends (P-17). */
export async function browsedUrl(session: PlatformSession, operation: string, browsingSession: string, path: string): Promise<string> {
  const url = `${catalogUrlOf(session, operation)}/browse/${browsingSession}/${path.split('/').map(encodeURIComponent).join('/')}`;
  const { status, headers } = await send(session, operation, url);
  const location = headers['location'];
  if (status >= 300 && status < 400 && location !== undefined) return new URL(location, url).href;
  const error = new RestError(url, status, String(status), `${url}: expected a redirect to the file, got ${status}`, '');
  throw catalogError(operation, error);
}

async function send(session: PlatformSession, operation: string, url: string): Promise<WireResponse> {
  try {
    return await restSend(session.door, { url, protocol: 'catalog' });
  } catch (error) {
    throw restToQuiltError(operation, error);
  }
}

async function fetchConfig(session: PlatformSession, operation: string, catalogUrl: string): Promise<CatalogConfig> {
  const url = `${catalogUrl}/config.json`;
  const json = await restJson(session.door, { url, protocol: 'catalog' }).then(
    (answer) => answer.json,
    (error: unknown) => {
      throw catalogError(operation, error);
    },
  );
  const given: Readonly<Record<string, unknown>> = typeof json === 'object' && json !== null ? { ...json } : {};
  const key = (name: (typeof required)[number]): string => {
    const value = given[name];
    if (typeof value === 'string' && value !== '') return value;
    throw new QuiltError('BackendError', operation, `${url}: expected ${name}, got ${JSON.stringify(value) ?? 'none'}`, { subject: name });
  };
  return {
    catalogUrl,
    region: key('region'),
    apiGatewayEndpoint: key('apiGatewayEndpoint'),
    registryUrl: key('registryUrl'),
    analyticsBucket: key('analyticsBucket'),
  };
}

/** A 404 is about the catalog that the client was told. */
function catalogError(operation: string, error: unknown): QuiltError {
  const isMissing = error instanceof RestError && error.status === 404;
  return restToQuiltError(operation, error, isMissing ? { subject: 'catalogUrl' } : {});
}
