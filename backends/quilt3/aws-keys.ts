/** Keys for S3: those that the client was given, else those that the registry gives for the user's token. */
import { z } from 'zod';
import { selectKeys } from '../selection.ts';
import type { AwsKeys } from '../wire/sdk.ts';
import { type Call, errorOf, noDocuments, type Topic } from './call.ts';
import { hasToken } from './login.ts';
import { readAs } from './read-as.ts';
import { askRegistry } from './registry-rest.ts';

/** Temporary keys, and when they end. */
export interface RegistryKeys extends AwsKeys {
  readonly sessionToken: string;
  /** ISO 8601. */
  readonly expires: string;
}

const answer = z.object({
  AccessKeyId: z.string().min(1),
  SecretAccessKey: z.string().min(1),
  SessionToken: z.string().min(1),
  Expiration: z.iso.datetime({ offset: true }),
});

/** Keys are asked for anew this long before they end, milliseconds, so that they do not end under way. */
const MARGIN_MS = 60_000;

/** Keys for the next request. Without any, and without a token to get them by, an AuthenticationError. */
export async function keysOf(call: Call): Promise<AwsKeys> {
  const { session } = call;
  const given = selectKeys(call.operation, session.settings);
  if (given !== null) {
    const { accessKeyId, secretAccessKey, sessionToken } = given;
    return { accessKeyId, secretAccessKey, ...(sessionToken !== null && { sessionToken }) };
  }
  if (!hasToken(session)) {
    throw errorOf(
      call,
      'AuthenticationError',
      'AWS keys: expected some from settings, AWS_ACCESS_KEY_ID, or the registry by a token, got none',
    );
  }
  const held = session.registryKeys;
  if (held !== null && Date.parse(held.expires) - MARGIN_MS > session.now()) return held;
  session.registryKeys = await fetchKeys(call);
  return session.registryKeys;
}

async function fetchKeys(call: Call): Promise<RegistryKeys> {
  const route = '/api/auth/get_credentials';
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = readAs(call, route, answer, await askRegistry(call, route));
  for (const secret of [SecretAccessKey, SessionToken]) call.session.door.learnSecret(secret);
  return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken, expires: Expiration };
}

export const awsKeys: Topic<'awsCredentials'> = {
  awsCredentials: noDocuments('the registry gives out keys by REST', async (call) => {
    const { accessKeyId, secretAccessKey, sessionToken, expires } = await fetchKeys(call);
    return { accessKeyId, secretAccessKey, sessionToken, expires };
  }),
};
