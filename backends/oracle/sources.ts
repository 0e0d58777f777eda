/** Where a client takes its endpoints and its token from: a setting, else its environment, else a claim of its token (P-01). */
import type { ClientSettings } from '../quilt-ops.ts';
import type { Token } from './state.ts';

/** What a client was told, with the claims of its token. */
export interface Sources {
  readonly settings: ClientSettings;
  /** Claims of the token; null without one, or with one that cannot be read. */
  readonly claims: Readonly<Record<string, unknown>> | null;
  /** What the client got for its refresh token; it keeps it. */
  readonly renewal: Renewal;
}

/** When the token that a client fetched for itself ends, in seconds of the tenant's clock; null while it has fetched none. */
export interface Renewal {
  expires: number | null;
}

/** Reads settings; `tokenOf` knows every token of the model. */
export function sourcesOf(settings: ClientSettings, tokenOf: (token: string) => Token | undefined, renewal: Renewal): Sources {
  const token = settingOr(settings, 'token', 'MCP_JWT_TOKEN');
  return { settings, claims: token === null ? null : (tokenOf(token)?.claims ?? null), renewal };
}

/** The token that the registry is sent: the catalog's own, where the caller's token carries one. */
export function bearerOf({ settings, claims }: Sources): string | null {
  return blankless(claims?.['catalog_token']) ?? settingOr(settings, 'token', 'MCP_JWT_TOKEN');
}

export function catalogUrlOf({ settings, claims }: Sources): string | null {
  return settingOr(settings, 'catalogUrl', 'QUILT_CATALOG_URL') ?? blankless(claims?.['catalog_url']);
}

/** Without what the catalog's configuration would say. */
export function registryUrlOf({ settings, claims }: Sources): string | null {
  return settingOr(settings, 'registryUrl', 'QUILT_REGISTRY_URL') ?? blankless(claims?.['registry_url']);
}

export function graphqlUrlOf({ settings }: Sources): string | null {
  return settingOr(settings, 'graphqlUrl', 'QUILT_GRAPHQL_ENDPOINT');
}

/** AWS keys from the first place that has any of them, never mixed from two. */
export function awsKeysOf({ accessKeyId, secretAccessKey, env = {} }: ClientSettings) {
  const given = { accessKeyId: blankless(accessKeyId), secretAccessKey: blankless(secretAccessKey) };
  if (given.accessKeyId !== null || given.secretAccessKey !== null) return given;
  return { accessKeyId: blankless(env['AWS_ACCESS_KEY_ID']), secretAccessKey: blankless(env['AWS_SECRET_ACCESS_KEY']) };
}

/** A URL without slashes at its end. */
export function trimmed(url: string): string {
  return url.replace(/\/+$/, '');
}

function settingOr(
  settings: ClientSettings,
  setting: 'token' | 'catalogUrl' | 'registryUrl' | 'graphqlUrl',
  variable: string,
): string | null {
  return blankless(settings[setting]) ?? blankless(settings.env?.[variable]);
}

/** The text without blanks around it; a blank one counts as absent, since a shell cannot tell the two apart. */
export function blankless(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}
