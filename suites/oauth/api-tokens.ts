/** Bearer tokens for the API of an app: good ones, and each kind of bad one, as the provider, a service or a forger makes them. */
import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { restSend } from '../../backends/wire/rest.ts';
import { CheckBroken } from '../case/resource-check.ts';
import { type AppStage, describeHop, type OAuthApp, urlOf } from './app-stage.ts';
import { mintToken } from './steered-provider.ts';

type Claims = Readonly<Record<string, unknown>>;

/** Who makes tokens that the API takes, as far as the target file lets us be one of them. */
export interface Minter {
  readonly of: string;
  mint(claims?: Claims): Promise<string>;
}

const hasMinter = ({ provider, api }: OAuthApp) => api !== undefined && (provider !== undefined || api.signingSecret !== undefined);

/** Apps with an API whose tokens we can make. */
export const MINTED = {
  of: 'with an API whose tokens can be made (`api.signingSecret`, or `provider.control` of Crosscheck’s own provider)',
  is: hasMinter,
};

/** Each of those who make tokens. */
export function mintersOf(stage: AppStage): readonly Minter[] {
  const { provider, api, url } = stage.resource;
  const audience = api?.audience ?? url;
  const secret = stage.secret('api.signingSecret');
  const byProvider: Minter = { of: 'the provider', mint: (claims = {}) => mintToken(stage, { audience, subject: 'crosscheck', claims }) };
  const byService: Minter = {
    of: 'a service, with the secret that is known here',
    mint: async (claims = {}) => {
      const token = hmac({ alg: 'HS256', typ: 'JWT' }, { ...claimsNow(api?.issuer ?? url, audience), ...claims }, secret ?? '');
      stage.door.learnSecret(token);
      return token;
    },
  };
  return [...(provider === undefined ? [] : [byProvider]), ...(secret === null ? [] : [byService])];
}

/** Claims of a token that is good for five minutes. */
export function claimsNow(issuer: string, audience: string): Claims {
  const now = Math.floor(Date.now() / 1000);
  return { iss: issuer, aud: audience, sub: 'crosscheck', iat: now, exp: now + 300, jti: randomUUID() };
}

/** A token that nobody signed: alg none, in each spelling that a careless comparison lets pass. */
export function unsigned(alg: string, claims: Claims): string {
  return `${encoded({ alg, typ: 'JWT' })}.${encoded(kept(claims))}.`;
}

/** HS256 by any secret; by hand, since libraries refuse weak ones and forgers do not. */
export function hmac(header: Claims, claims: Claims, secret: string): string {
  const input = `${encoded(header)}.${encoded(kept(claims))}`;
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
}

/** A secret that nobody knows. */
export const unknownSecret = (): string => randomBytes(32).toString('base64url');

/** What the API says to a token: `taken`, `refused`, or what else it answered. */
export async function answerTo(stage: AppStage, token: string): Promise<string> {
  const url = urlOf(stage, stage.resource.api?.path ?? '/');
  const { status, body } = await restSend(stage.door, { url, token });
  if (status >= 200 && status < 300) return 'taken';
  return status === 401 || status === 403 ? 'refused' : describeHop({ status, text: Buffer.from(body).toString('utf8') });
}

/** Throws CheckBroken where a good token is refused, since then refusals prove nothing. */
export async function requireGood(stage: AppStage, minter: Minter): Promise<void> {
  const answer = await answerTo(stage, await minter.mint());
  if (answer !== 'taken')
    throw new CheckBroken(`a good token of ${minter.of}: expected to be taken, got ${answer}; oauth/api-takes-good-tokens says more`);
}

const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const kept = (claims: Claims): Claims => Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== null));

/** The token with other claims under the same signature. */
export function tampered(token: string, claims: Claims): string {
  const [header = '', payload = '', signature = ''] = token.split('.');
  const all = { ...(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as Claims), ...claims };
  return [header, Buffer.from(JSON.stringify(all)).toString('base64url'), signature].join('.');
}
