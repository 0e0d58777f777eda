/** Which error class an HTTP status is, the same for REST and for S3 where it gives no code (P-06). */
import type { ErrorClass } from '../errors.ts';

/** The class of a status that is no success. A 400 is a ValidationError, since the server read the request and found it wrong. */
export function classOfStatus(status: number): ErrorClass {
  if (status === 401) return 'AuthenticationError';
  if (status === 403) return 'PermissionError';
  if (status === 404) return 'NotFoundError';
  if (status === 400 || status === 422) return 'ValidationError';
  if (status === 409 || status === 412) return 'ConflictError';
  return 'BackendError';
}
