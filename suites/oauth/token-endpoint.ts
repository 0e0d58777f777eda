/** The provider's token endpoint, spoken to as the app's own client. */
import { createHash, randomBytes } from 'node:crypto';
import { restJson, restSend } from '../../backends/wire/rest.ts';
import { CheckBroken } from '../case/resource-check.ts';
import type { AppStage, OAuthApp } from './app-stage.ts';
import type { Person } from './steered-provider.ts';

/** Apps whose client we may be. */
export const AS_CLIENT = {
  of: 'whose provider is Crosscheck’s own and that name a clientSecret: the token endpoint is asked as the app’s client',
  is: ({ provider, clientSecret }: OAuthApp) => provider !== undefined && clientSecret !== undefined,
};

/** A client of the provider that we speak as. */
export interface OwnClient {
  readonly clientId: string;
  readonly secret: string;
  readonly redirectUri: string;
  readonly scopes: readonly string[];
}

/** The client that users sign in by. */
export const signInClient = ({ resource, secret }: AppStage): OwnClient => ({ ...resource, secret: secret('clientSecret') ?? '' });

/** An answer of the token endpoint. */
export interface TokenAnswer {
  readonly status: number;
  readonly error: string | null;
  readonly accessToken: string | null;
  readonly refreshToken: string | null;
}

export interface IssuedCode {
  readonly code: string;
  readonly verifier: string;
}

/** A code of our own request, issued to the app's redirect URI and caught before it gets there. */
export async function issueCode(
  stage: AppStage,
  person: Person,
  client = signInClient(stage),
  { challenge = true } = {},
): Promise<IssuedCode> {
  const { clientId, redirectUri, scopes } = client;
  const { authorization_endpoint: endpoint } = await description(stage);
  const verifier = randomBytes(32).toString('base64url');
  stage.door.learnSecret(verifier);
  const url = new URL(endpoint);
  const parameters = {
    client_id: clientId,
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: scopes.join(' '),
    state: randomBytes(16).toString('base64url'),
    ...(challenge && { code_challenge: createHash('sha256').update(verifier).digest('base64url'), code_challenge_method: 'S256' }),
    ...(scopes.includes('offline_access') && { prompt: 'consent' }),
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  const { stoppedAt, last } = await person.browser.visit(url.href, { until: ({ href }) => href.startsWith(redirectUri) });
  const code = URL.parse(stoppedAt ?? '')?.searchParams.get('code');
  if (code == null)
    throw new CheckBroken(`the provider: expected a code for ${redirectUri}, got ${stoppedAt === null ? last.status : 'an error'}`);
  return { code, verifier };
}

/** Asks the token endpoint for the tokens of a code. */
export function redeem(
  stage: AppStage,
  { code, verifier }: { code: string; verifier?: string },
  client = signInClient(stage),
): Promise<TokenAnswer> {
  const verified = verifier === undefined ? {} : { code_verifier: verifier };
  return askTokens(stage, client, { grant_type: 'authorization_code', code, redirect_uri: client.redirectUri, ...verified });
}

/** Asks the token endpoint for new tokens. */
export function renew(stage: AppStage, refreshToken: string, client: OwnClient): Promise<TokenAnswer> {
  return askTokens(stage, client, { grant_type: 'refresh_token', refresh_token: refreshToken });
}

async function askTokens(stage: AppStage, client: OwnClient, form: Readonly<Record<string, string>>): Promise<TokenAnswer> {
  const { token_endpoint: url } = await description(stage);
  const basic = Buffer.from(`${encodeURIComponent(client.clientId)}:${encodeURIComponent(client.secret)}`).toString('base64');
  stage.door.learnSecret(basic);
  const answer = await restSend(stage.door, { method: 'POST', url, form, headers: { authorization: `Basic ${basic}` } });
  return tokenAnswer(stage, answer);
}

/** Whether the provider takes an access token. */
export async function isTaken(stage: AppStage, accessToken: string): Promise<boolean> {
  const { userinfo_endpoint: url } = await description(stage);
  return (await restSend(stage.door, { url, token: accessToken })).status === 200;
}

interface Description {
  readonly authorization_endpoint: string;
  readonly token_endpoint: string;
  readonly userinfo_endpoint: string;
}

async function description(stage: AppStage): Promise<Description> {
  const url = `${stage.resource.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  return (await restJson(stage.door, { url })).json as Description;
}

function tokenAnswer(stage: AppStage, { status, body }: { status: number; body: Uint8Array }): TokenAnswer {
  let json: Record<string, unknown> = {};
  try {
    json = JSON.parse(Buffer.from(body).toString('utf8')) as Record<string, unknown>;
  } catch {
    throw new CheckBroken(`the token endpoint: expected JSON, got ${status} with something else`);
  }
  const textOf = (name: string) => (typeof json[name] === 'string' ? (json[name] as string) : null);
  for (const name of ['access_token', 'refresh_token', 'id_token']) stage.door.learnSecret(textOf(name) ?? '');
  return { status, error: textOf('error'), accessToken: textOf('access_token'), refreshToken: textOf('refresh_token') };
}
