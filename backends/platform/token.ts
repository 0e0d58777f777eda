/** The token that the registry is sent: looked at before it leaves (P-02, P-03, P-05), renewed when it can be (P-25). */
import { compactVerify, errors } from 'jose';
import { z } from 'zod';
import { QuiltError } from '../errors.ts';
import { claimsOf, select } from '../selection.ts';
import { askRegistry } from './registry-rest.ts';
import { brokenAnswer, type PlatformSession } from './session.ts';

/** What `POST /api/token` answers. */
const renewal = z.object({ access_token: z.string().min(1), refresh_token: z.string().min(1) });

/** True when there is anything to sign in with. */
export function canSignIn({ sources }: PlatformSession): boolean {
  return select('platform', 'bearer', sources).value !== null || select('platform', 'refreshToken', sources).value !== null;
}

/**
 * The token to send now. One that is missing or has expired by the client's clock is renewed; without a refresh token it is an AuthenticationError,
 * as is one that the secret in QUILT_JWT_SECRET did not sign. What is no JWT (an API key) is sent as it is. Errors hold no token and no secret.
 */
export async function tokenToSend(session: PlatformSession, operation: string): Promise<string> {
  const { sources } = session;
  const { value: token, from, looked } = select('platform', 'bearer', sources);
  const wrong = (message: string) => new QuiltError('AuthenticationError', operation, message);
  const end = claimsOf(token)?.['exp'];
  const hasEnded = typeof end === 'number' && end * 1000 <= session.now();
  if ((token === null || hasEnded) && select('platform', 'refreshToken', sources).value !== null) {
    return renewToken(session, operation);
  }
  if (token === null) throw wrong(`token: expected one from ${looked.join(', or ')}, got none`);
  if (hasEnded) throw wrong(`token from ${from}: expected one in force, got one that expired at ${new Date(end * 1000).toISOString()}`);
  const secret = select('platform', 'signingSecret', sources).value;
  if (secret !== null && claimsOf(token) !== null && !(await isSignedBy(token, secret))) {
    throw wrong(`token from ${from}: expected a signature by the key in QUILT_JWT_SECRET, got one by another key`);
  }
  return token;
}

/** Exchanges the refresh token for a new token, which the session then has. */
async function renewToken(session: PlatformSession, operation: string): Promise<string> {
  const refreshToken = select('platform', 'refreshToken', session.sources).value;
  const request = { method: 'POST', form: { refresh_token: refreshToken ?? '' }, reads: true };
  const answer = renewal.safeParse(await askRegistry(session, operation, '/api/token', request));
  if (!answer.success) throw brokenAnswer(operation, '/api/token', z.prettifyError(answer.error));
  const { access_token: token, refresh_token: next } = answer.data;
  for (const secret of [token, next]) session.door.learnSecret(secret);
  session.settings = { ...session.settings, token, refreshToken: next };
  return token;
}

async function isSignedBy(token: string, secret: string): Promise<boolean> {
  try {
    await compactVerify(token, new TextEncoder().encode(secret), { algorithms: ['HS256'] });
    return true;
  } catch (error) {
    if (error instanceof errors.JOSEError) return false;
    throw error;
  }
}
