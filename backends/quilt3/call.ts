/** An operation of QuiltOps on this backend: what it works with, and how it is declared. */

import { type ErrorClass, type ErrorDetail, QuiltError } from '../errors.ts';
import type { OperationName, ParamsOf, ResultOf } from '../operations.ts';
import type { Document } from './documents.ts';
import type { Quilt3Session } from './session.ts';

/** One call of an operation, in one session. */
export interface Call {
  readonly operation: OperationName;
  readonly session: Quilt3Session;
}

/** An operation with the documents that it may send, or with the reason why it sends none. */
export interface Implementation<P, R> {
  readonly uses: readonly Document[];
  readonly because?: string;
  run(call: Call, params: P): Promise<R>;
}

/** Implementations of some operations, by full name. */
export type Topic<K extends OperationName> = { readonly [N in K]: Implementation<ParamsOf<N>, ResultOf<N>> };

/** Declares an operation that sends no document of ours, and why. */
export function noDocuments<P, R>(because: string, run: (call: Call, params: P) => Promise<R>): Implementation<P, R> {
  return { uses: [], because, run };
}

/** The error of a call: `what: expected X, got Y`, with its facts. */
export function errorOf(call: Call, name: ErrorClass, message: string, detail: ErrorDetail = {}, cause?: unknown): QuiltError {
  return new QuiltError(name, call.operation, message, detail, cause === undefined ? {} : { cause });
}
