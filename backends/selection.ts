/**
 * Where a client takes its endpoints and credentials from: one table a client, read from the left, the first place that has a value wins.
 * Everything here is pure; whoever asks brings the claims of the token and, when it is needed, the catalog's config.json.
 * An empty or blank value counts as absent, as a shell cannot tell the two apart. Incidents P-01, P-02, P-21, P-22, P-25.
 */
import { decodeJwt } from 'jose';
import { QuiltError } from './errors.ts';
import type { BackendName, ClientSettings } from './quilt-ops.ts';

/** A place to look in: a setting given by whoever starts the client, its environment, a claim of its token, the catalog's config.json. */
export type Place = {
  readonly kind: 'setting' | 'variable' | 'claim' | 'config';
  readonly name: string;
};

const setting = (name: keyof ClientSettings): Place => ({ kind: 'setting', name });
const variable = (name: string): Place => ({ kind: 'variable', name });
const claim = (name: string): Place => ({ kind: 'claim', name });
const config = (name: string): Place => ({ kind: 'config', name });

/** What both clients look for. `bearer` is what the registry is sent: the token of the catalog that the caller's own token carries, else that token itself. */
const shared = {
  catalogUrl: [setting('catalogUrl'), variable('QUILT_CATALOG_URL'), claim('catalog_url')],
  registryUrl: [setting('registryUrl'), variable('QUILT_REGISTRY_URL'), claim('registry_url'), config('registryUrl')],
  graphqlUrl: [setting('graphqlUrl'), variable('QUILT_GRAPHQL_ENDPOINT')],
  token: [setting('token'), variable('MCP_JWT_TOKEN')],
  bearer: [claim('catalog_token'), setting('token'), variable('MCP_JWT_TOKEN')],
  refreshToken: [setting('refreshToken')],
  signingSecret: [variable('QUILT_JWT_SECRET')],
  registry: [setting('registry')],
  region: [setting('region'), variable('AWS_DEFAULT_REGION'), config('region')],
} as const satisfies Record<string, readonly Place[]>;

/** The places of each client, in the order in which they win. */
export const selectionTable = {
  platform: shared,
  quilt3: { ...shared, s3Endpoint: [setting('s3Endpoint'), variable('AWS_ENDPOINT_URL_S3'), variable('AWS_ENDPOINT_URL')] },
} as const satisfies Record<string, Record<string, readonly Place[]>>;

export type Client = keyof typeof selectionTable;
export type Item<C extends Client> = keyof (typeof selectionTable)[C] & string;

/** What there is to look in; claims and config are null when there is no readable token, or nobody has asked the catalog. */
export interface Sources {
  readonly settings: ClientSettings;
  readonly claims: Readonly<Record<string, unknown>> | null;
  readonly config: Readonly<Record<string, unknown>> | null;
}

/** A value with the place it came from, or neither; `looked` names every place in order. */
export interface Selection {
  readonly value: string | null;
  readonly from: string | null;
  readonly looked: readonly string[];
}

/** Looks for one item. */
export function select<C extends Client>(client: C, item: Item<C>, sources: Sources): Selection {
  const places = (selectionTable[client] as Record<string, readonly Place[]>)[item] ?? [];
  const looked = places.map(nameOf);
  for (const place of places) {
    const value = valueAt(place, sources);
    if (value !== null) return { value, from: nameOf(place), looked };
  }
  return { value: null, from: null, looked };
}

/** Looks for every item of a client: the report of what it will use, and why. Values are as secret as the settings are. */
export function selectAll<C extends Client>(client: C, sources: Sources): Readonly<Record<Item<C>, Selection>> {
  const items = Object.keys(selectionTable[client]) as Item<C>[];
  return Object.fromEntries(items.map((item) => [item, select(client, item, sources)])) as Record<Item<C>, Selection>;
}

/**
 * A value that the operation cannot go without. Missing everywhere it is an AuthenticationError that names the claim where there is a token
 * that should have carried it (P-02), else a ValidationError; either lists every place in which it was looked for (P-01).
 */
export function requireItem<C extends Client>(operation: string, client: C, item: Item<C>, sources: Sources): string {
  const { value, looked } = select(client, item, sources);
  if (value !== null) return value;
  const message = `${item}: expected a value from ${looked.join(', or ')}, got none`;
  const claimed = looked.find((place) => place.startsWith('claim '))?.slice('claim '.length);
  const hasToken = select(client, 'token', sources).value !== null;
  if (claimed !== undefined && hasToken) throw new QuiltError('AuthenticationError', operation, message, { field: claimed });
  throw new QuiltError('ValidationError', operation, message, { field: item });
}

/** Keys for AWS from the first place that has any of them, never mixed from two; null when none has. Half a pair is a ValidationError. */
export function selectKeys(operation: string, settings: ClientSettings): (AwsKeys & { readonly from: string }) | null {
  const env = settings.env ?? {};
  const groups = [
    { from: 'setting', id: settings.accessKeyId, secret: settings.secretAccessKey, session: settings.sessionToken },
    { from: 'environment', id: env['AWS_ACCESS_KEY_ID'], secret: env['AWS_SECRET_ACCESS_KEY'], session: env['AWS_SESSION_TOKEN'] },
  ];
  for (const group of groups) {
    const [accessKeyId, secretAccessKey] = [textOf(group.id), textOf(group.secret)];
    if (accessKeyId === null && secretAccessKey === null) continue;
    if (accessKeyId === null || secretAccessKey === null) {
      const field = accessKeyId === null ? 'accessKeyId' : 'secretAccessKey';
      throw new QuiltError('ValidationError', operation, `AWS keys: expected both halves from ${group.from}, got no ${field}`, { field });
    }
    return { accessKeyId, secretAccessKey, sessionToken: textOf(group.session), from: group.from };
  }
  return null;
}

export interface AwsKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string | null;
}

/** Backend that a server of both would pick: `QUILT_MULTITENANT_MODE` true is Platform, false or unset is quilt3, else a ValidationError (P-22). */
export function backendOfMode(env: Readonly<Record<string, string>>): BackendName {
  const mode = textOf(env['QUILT_MULTITENANT_MODE'])?.toLowerCase() ?? 'false';
  if (mode === 'true') return 'platform';
  if (mode === 'false') return 'quilt3';
  throw new QuiltError('ValidationError', 'open', `QUILT_MULTITENANT_MODE: expected true, false or nothing, got ${JSON.stringify(mode)}`, {
    field: 'QUILT_MULTITENANT_MODE',
  });
}

/** The two places at which a registry may answer GraphQL, in the order in which they are tried (P-21). */
export function graphqlCandidates(registryUrl: string): readonly [string, string] {
  const base = registryUrl.replace(/\/+$/, '');
  return [`${base}/graphql`, `${base}/api/graphql`];
}

/** Claims of a token, unverified; null when there is none or it is no JWT. */
export function claimsOf(token: string | null): Readonly<Record<string, unknown>> | null {
  if (token === null) return null;
  try {
    return decodeJwt(token);
  } catch {
    return null;
  }
}

function nameOf({ kind, name }: Place): string {
  return kind === 'variable' ? name : `${kind} ${name}`;
}

function valueAt({ kind, name }: Place, { settings, claims, config }: Sources): string | null {
  if (kind === 'setting') return textOf(settings[name as keyof ClientSettings]);
  if (kind === 'variable') return textOf(settings.env?.[name]);
  return textOf((kind === 'claim' ? claims : config)?.[name]);
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}
