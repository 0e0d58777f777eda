/** Who the client is to the registry: a bearer token, renewed by the refresh token when it is about to end (P-25). */
import { z } from 'zod';
import { claimsOf, select } from '../selection.ts';
import { restJson } from '../wire/rest.ts';
import { type Call, errorOf } from './call.ts';
import { readAs } from './read-as.ts';
import { registryUrlOf } from './registry-url.ts';
import { restError } from './rest-error.ts';
import type { Quilt3Session } from './session.ts';

/** A token that ends within this many seconds is renewed before it is sent; quilt3's own margin. */
const MARGIN_S = 60;

const answer = z.object({ access_token: z.string().min(1), refresh_token: z.string().min(1), expires_at: z.number() });

/** True when there is anything to sign in with. */
export function hasToken(session: Quilt3Session): boolean {
  return select('quilt3', 'bearer', session.sources).value !== null || select('quilt3', 'refreshToken', session.sources).value !== null;
}

/** The bearer token to send now; throws AuthenticationError when there is none, or it cannot be renewed. */
export async function bearerOf(call: Call): Promise<string> {
  const { sources } = call.session;
  const token = select('quilt3', 'bearer', sources).value;
  const refreshToken = select('quilt3', 'refreshToken', sources).value;
  if (refreshToken !== null && (token === null || endsSoon(token, call.session.now()))) return renew(call, refreshToken);
  if (token !== null) return token;
  const { looked } = select('quilt3', 'bearer', sources);
  throw errorOf(call, 'AuthenticationError', `token: expected one from ${looked.join(', or ')}, got none`);
}

function endsSoon(token: string, now: number): boolean {
  const exp = claimsOf(token)?.['exp'];
  return typeof exp === 'number' && exp - MARGIN_S < now / 1000;
}

async function renew(call: Call, refreshToken: string): Promise<string> {
  const { session } = call;
  const url = `${await registryUrlOf(call)}/api/token`;
  const request = { url, method: 'POST', form: { refresh_token: refreshToken }, reads: true };
  const { json } = await restJson(session.door, request).catch((error: unknown) => {
    throw restError(call, error);
  });
  const renewed = readAs(call, '/api/token', answer, json);
  for (const secret of [renewed.access_token, renewed.refresh_token]) session.door.learnSecret(secret);
  session.settings = { ...session.settings, token: renewed.access_token, refreshToken: renewed.refresh_token };
  return renewed.access_token;
}
