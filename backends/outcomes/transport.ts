/**
 * Outcomes of an answer that is none, whatever the operation: the table of P-06. No row has a fact but where it says so, since the answer is
 * about no bucket or package; `code` is the server's own name for the error where its body has one (an S3 code, `extensions.code`), else what
 * stands here. Texts of the server are kept (C-05); REST and the catalog have no agreed form for a refusal, so of theirs only the status is read.
 */
import { fails, type Rows, succeeds } from './outcome.ts';

export const transport = {
  'GraphQL: 200 with errors': fails('BackendError', {}, 'P-06, C-05: text is the first message'),
  'GraphQL: errors with extensions.code UNAUTHENTICATED': fails('AuthenticationError', {}, 'P-06; Apollo and Yoga name it so', {
    code: 'UNAUTHENTICATED',
  }),
  'GraphQL: errors with extensions.code FORBIDDEN': fails('PermissionError', {}, 'P-06, P-28', { code: 'FORBIDDEN' }),
  'GraphQL: 400 with errors': fails(
    'BackendError',
    {},
    'C-05: our own document or variables are wrong, not the caller; text is the first message',
    { code: '400' },
  ),
  '401': fails('AuthenticationError', {}, 'P-05, P-06', { code: '401' }),
  '403': fails('PermissionError', {}, 'P-06; S3 on a bucket: { bucket }', { code: '403' }),
  '404 of a GraphQL or REST endpoint': fails('BackendError', {}, 'P-06, P-21: the endpoint is missing, not what was asked for', {
    code: '404',
  }),
  '404 of the catalog': fails('NotFoundError', { subject: 'catalogUrl' }, 'quilt-mcp 0.20.0', { code: '404' }),
  '429, or an AWS throttling code, at most twice in a row': succeeds(
    'sent again after Retry-After or a short wait: the answer that follows',
    'P-26',
  ),
  '429, or an AWS throttling code, three times in a row': fails('BackendError', {}, 'P-06, P-26', { code: '429' }),
  '5xx': fails('BackendError', {}, 'P-06; never sent again (P-26); the code is the status', { code: '500' }),
  'no answer before the deadline': fails('BackendError', {}, 'P-06; never sent again: a mutation may have been performed (P-26)', {
    code: 'timeout',
  }),
  'connection reset': fails('BackendError', {}, 'P-06; never sent again (P-26)', { code: 'reset' }),
  'no connection': fails('BackendError', {}, 'P-06; the message names the URL', { code: 'connect' }),
  'body is not what was due (HTML, cut JSON, cut XML)': fails('BackendError', {}, 'P-06; the message names the URL', {
    code: 'broken-body',
  }),
  'response breaks the schema': fails('BackendError', {}, 'C-11', { code: 'broken-body' }),
  'S3: 404 without a code': fails('BackendError', {}, 'P-06: S3 says NoSuchKey or NoSuchBucket; only HEAD has no body', { code: '404' }),
  'S3: AccessDenied': fails('PermissionError', { bucket: '$registry' }, 'P-06', { code: 'AccessDenied' }),
  'S3: InvalidAccessKeyId, SignatureDoesNotMatch, ExpiredToken, InvalidToken': fails('AuthenticationError', {}, 'P-06, P-20'),
  'S3: NoSuchBucket': fails('NotFoundError', { bucket: '$registry' }, 'quilt3 8.0.0 run'),
  'OperationError of a name that no row has': fails('BackendError', {}, 'P-07: code is its name, text its message'),
  'InvalidInput of a name that no row has': fails(
    'ValidationError',
    {},
    'P-07: field is the parameter that its path lies in, code its name, text its message',
  ),
} satisfies Rows;
