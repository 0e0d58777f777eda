/** Which error of QuiltOps a GraphQL outcome is: the one table, so that no two causes come out as one (C-05, P-06, `outcomes/transport.ts`). */
import { type ErrorClass, type ErrorDetail, QuiltError } from '../errors.ts';
import { WireError } from './door.ts';
import type { GraphqlOutcome } from './graphql.ts';

/**
 * The error that an outcome is, or null when it has data that fits the schema (C-11) and no errors. `detail` adds the caller's facts. `detail.text` is the server's own words; `detail.code`
 * its `extensions.code`, else the HTTP status, else `graphql-errors`, `broken-body` or the kind of wire failure.
 */
export function toQuiltError(operation: string, outcome: GraphqlOutcome | WireError, detail: ErrorDetail = {}): QuiltError | null {
  if (outcome instanceof WireError) {
    return new QuiltError('BackendError', operation, outcome.message, { ...detail, code: outcome.failure }, { cause: outcome });
  }
  const { url, status, errors, broken, findings } = outcome;
  const code = errors?.find((error) => error.code !== null)?.code ?? null;
  const said = errors ? errors.map((error) => error.message).join('\n') : null;
  const error = (name: ErrorClass, what: string, fallback: string, text: string | null) =>
    new QuiltError(name, operation, `${url}: ${what}`, { ...detail, code: code ?? fallback, ...(text && { text }) });
  if (status < 200 || status > 299) {
    const text = said ?? excerpt(outcome.body);
    return error(classOf(status, code), `expected 200, got ${status}${text && `: ${text}`}`, String(status), text);
  }
  if (broken !== null) return error('BackendError', broken, 'broken-body', null);
  if (errors) return error(classOf(status, code), `expected no errors, got ${said}`, 'graphql-errors', said);
  const breach = findings.find(({ subject, severity }) => subject === 'response' && severity === 'error');
  if (breach === undefined) return null;
  return error(
    'BackendError',
    `expected a response that fits the schema, got ${breach.path ?? 'data'}: ${breach.message}`,
    'broken-body',
    null,
  );
}

/**
 * A 400 or 404 is a BackendError: the document, its variables and the endpoint are the client's own choice, not what its user asked for. The two codes are those
 * that Apollo and Yoga give to what they refuse with 200.
 */
function classOf(status: number, code: string | null): ErrorClass {
  if (status === 401 || code === 'UNAUTHENTICATED') return 'AuthenticationError';
  if (status === 403 || code === 'FORBIDDEN') return 'PermissionError';
  return 'BackendError';
}

/** Text of an answer that is no GraphQL response; of JSON the message in it. */
function excerpt(body: string): string {
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value === 'object' && value !== null) {
      const message = 'message' in value ? value.message : 'error' in value ? value.error : null;
      if (typeof message === 'string') return message;
    }
  } catch {
    // No JSON: its beginning is all there is to say.
  }
  return body.slice(0, 200).trim();
}
