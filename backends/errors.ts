/** The error classes of QuiltOps. A backend throws nothing else on purpose; anything else that it throws is a defect of the harness or of the backend. */

export const ERROR_CLASSES = [
  'AuthenticationError',
  'PermissionError',
  'NotFoundError',
  'ValidationError',
  'ConflictError',
  'BackendError',
] as const;

export type ErrorClass = (typeof ERROR_CLASSES)[number];

/**
 * Facts of an error. All but `code` and `text` are compared exactly, absent equal to absent; `code` and `text` are compared when the oracle
 * names them: `code` exactly, `text` as contained in the other's. No secret stands in a fact.
 */
export interface ErrorDetail {
  readonly bucket?: string;
  readonly package?: string;
  /** Top hash or tag that was asked for. */
  readonly hash?: string;
  /** Logical key, or object key. */
  readonly path?: string;
  /** User, role, policy, table or setting that the error is about. */
  readonly subject?: string;
  /** Parameter of the operation that is wrong, as the interface names it. */
  readonly field?: string;
  /** The server's own name for the error: `InvalidInput.errors[0].name`, `OperationError.name`, an S3 code, an HTTP status as text. */
  readonly code?: string;
  /** The server's own message. */
  readonly text?: string;
}

/** Facts that are compared exactly between two observations. */
export const EXACT_FACTS = ['bucket', 'package', 'hash', 'path', 'subject', 'field'] as const;

/** An operation was refused or failed; `name` is its class. */
export class QuiltError extends Error {
  override readonly name: ErrorClass;
  /** Operation of QuiltOps that failed. */
  readonly operation: string;
  readonly detail: ErrorDetail;

  constructor(name: ErrorClass, operation: string, message: string, detail: ErrorDetail = {}, options?: { cause?: unknown }) {
    super(message, options);
    this.name = name;
    this.operation = operation;
    this.detail = detail;
  }
}
