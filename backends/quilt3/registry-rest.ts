/** The registry's REST routes, asked with the user's token. */
import { restJson } from '../wire/rest.ts';
import type { Call } from './call.ts';
import { bearerOf } from './login.ts';
import { registryUrlOf } from './registry-url.ts';
import { restError } from './rest-error.ts';

/** GET of a route of the registry (`/api/…`, with its query); the body as JSON. Throws QuiltError. */
export async function askRegistry(call: Call, route: string): Promise<unknown> {
  const url = `${await registryUrlOf(call)}${route}`;
  const token = await bearerOf(call);
  try {
    return (await restJson(call.session.door, { url, token })).json;
  } catch (error) {
    throw restError(call, error);
  }
}
