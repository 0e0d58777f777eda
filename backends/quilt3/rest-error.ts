/** The error that a failed request to the registry's REST routes is. */
import type { QuiltError } from '../errors.ts';
import { restToQuiltError } from '../wire/rest.ts';
import { type Call, errorOf } from './call.ts';

/** What this client asked wrongly, or where, is no mistake of its user: a BackendError. */
export function restError(call: Call, error: unknown): QuiltError {
  const known = restToQuiltError(call.operation, error);
  if (!['ValidationError', 'NotFoundError', 'ConflictError'].includes(known.name)) return known;
  return errorOf(call, 'BackendError', known.message, known.detail, error);
}
