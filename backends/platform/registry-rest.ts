/** The two REST routes of the registry that a client of the Platform needs: tokens, and keys for AWS. */
import { QuiltError } from '../errors.ts';
import { type RestRequest, restJson, restToQuiltError } from '../wire/rest.ts';
import { registryUrlOf } from './catalog.ts';
import type { PlatformSession } from './session.ts';

/** Asks a route (`/api/…`) for JSON. A route that is missing is a BackendError: it is not what the caller asked for. */
export async function askRegistry(
  session: PlatformSession,
  operation: string,
  route: string,
  request: Omit<RestRequest, 'url'>,
): Promise<unknown> {
  const url = `${await registryUrlOf(session, operation)}${route}`;
  try {
    return (await restJson(session.door, { ...request, url })).json;
  } catch (error) {
    throw ownFault(restToQuiltError(operation, error));
  }
}

/** What this client asked wrongly, or where, is no mistake of its user: of such classes only a BackendError is left, with code and text. */
function ownFault(error: QuiltError): QuiltError {
  if (!['ValidationError', 'NotFoundError', 'ConflictError'].includes(error.name)) return error;
  const { code, text } = error.detail;
  const detail = { ...(code !== undefined && { code }), ...(text !== undefined && { text }) };
  return new QuiltError('BackendError', error.operation, error.message, detail, { cause: error });
}
