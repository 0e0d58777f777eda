/** Which error of QuiltOps a failure of the S3 client is: by the server's code, or by the status where there is none (HEAD has no body). */
import { S3ServiceException } from '@aws-sdk/client-s3';
import { type ErrorClass, type ErrorDetail, QuiltError } from '../errors.ts';
import { WireError } from './door.ts';
import { classOfStatus } from './http-errors.ts';

const CLASS_OF_CODE: Readonly<Record<string, ErrorClass>> = {
  AccessDenied: 'PermissionError',
  AllAccessDisabled: 'PermissionError',
  AccountProblem: 'PermissionError',
  ExpiredToken: 'AuthenticationError',
  ExpiredTokenException: 'AuthenticationError',
  InvalidAccessKeyId: 'AuthenticationError',
  InvalidToken: 'AuthenticationError',
  RequestExpired: 'AuthenticationError',
  RequestTimeTooSkewed: 'AuthenticationError',
  SignatureDoesNotMatch: 'AuthenticationError',
  // versitygw's name for a key that nobody has.
  XAdminUserNotFound: 'AuthenticationError',
  CredentialsProviderError: 'AuthenticationError',
  NoSuchBucket: 'NotFoundError',
  NoSuchKey: 'NotFoundError',
  NoSuchUpload: 'NotFoundError',
  NoSuchVersion: 'NotFoundError',
  ConditionalRequestConflict: 'ConflictError',
  PreconditionFailed: 'ConflictError',
  InvalidBucketName: 'ValidationError',
  KeyTooLongError: 'ValidationError',
};

/** Names that the SDK gives an error whose answer had no code: that of a HEAD, which has no body. */
const NO_CODE = /^(NotFound|Unknown|UnknownError|\d{3})$/;

/**
 * The error that a failed S3 call is. `detail` adds the caller's facts (bucket, package, path); `detail.code` is the server's code, the status where there is none,
 * or the kind of wire failure, and `detail.text` the server's message. What did not come from S3 or the wire (a mistake in the harness) is thrown on.
 */
export function toS3QuiltError(operation: string, error: unknown, detail: ErrorDetail = {}): QuiltError {
  const failure = findWireError(error);
  if (failure) return new QuiltError('BackendError', operation, failure.message, { ...detail, code: failure.failure }, { cause: error });
  if (!(error instanceof Error)) throw error;
  // The SDK keeps the response beside what its parser threw at an answer that is no XML.
  const status = error instanceof S3ServiceException ? error.$metadata.httpStatusCode : statusOf(error);
  if (error instanceof S3ServiceException && status !== undefined && status >= 300) return serviceError(operation, error, status, detail);
  if (status !== undefined) return broken(operation, error, status, detail);
  if (error.message.startsWith('Checksum mismatch')) return broken(operation, error, 200, detail);
  const known = CLASS_OF_CODE[error.name];
  if (known) return new QuiltError(known, operation, error.message, { ...detail, code: error.name }, { cause: error });
  throw error;
}

function serviceError(operation: string, error: S3ServiceException, status: number, detail: ErrorDetail): QuiltError {
  const coded = !NO_CODE.test(error.name);
  const code = coded ? error.name : String(status);
  const name = coded ? (CLASS_OF_CODE[code] ?? 'BackendError') : classWithoutCode(status);
  const text = coded && error.message && error.message !== 'UnknownError' ? error.message : null;
  const message = `S3: expected success, got ${code}${text ? `: ${text}` : ''}`;
  return new QuiltError(name, operation, message, { ...detail, code, ...(text && { text }) }, { cause: error });
}

function broken(operation: string, error: Error, status: number, detail: ErrorDetail): QuiltError {
  const [said = ''] = error.message.split('\n');
  if (status >= 300) {
    return new QuiltError(
      classWithoutCode(status),
      operation,
      `S3: expected success, got ${status}`,
      { ...detail, code: String(status) },
      { cause: error },
    );
  }
  return new QuiltError(
    'BackendError',
    operation,
    `S3: expected an answer that can be read, got another (${said})`,
    { ...detail, code: 'broken-body' },
    { cause: error },
  );
}

/** Without a code a 400 is a request that this client made wrong, and a 404 a service that is not there: S3 says what is missing, but for a HEAD. */
function classWithoutCode(status: number): ErrorClass {
  const name = classOfStatus(status);
  return name === 'ValidationError' || name === 'NotFoundError' ? 'BackendError' : name;
}

function statusOf(error: Error): number | undefined {
  if (!('$response' in error) || typeof error.$response !== 'object' || error.$response === null) return undefined;
  return 'statusCode' in error.$response && typeof error.$response.statusCode === 'number' ? error.$response.statusCode : 200;
}

function findWireError(error: unknown): WireError | null {
  for (let at: unknown = error; at instanceof Error; at = at.cause) if (at instanceof WireError) return at;
  return null;
}
