/** An operation of QuiltOps on this backend: the documents it sends, declared where it is written, and what it does with them. */
import type { z } from 'zod';
import type { ErrorClass, ErrorDetail, QuiltError } from '../errors.ts';
import type { OperationName, ParamsOf, ResultOf } from '../operations.ts';
import type { Json } from '../shapes.ts';
import type { Document } from './document.ts';
import type { PlatformSession } from './session.ts';

/** Variables of a document; a member that is undefined is left out. */
export type Variables = Readonly<Record<string, unknown>>;

/** What an operation works with: it can send the documents `D` that it declared, and no other. */
export interface Client<D extends Document = Document> {
  /** Operation being carried out; errors name it. */
  readonly operation: OperationName;
  readonly session: PlatformSession;
  /** Sends a document and answers its `data`; throws QuiltError when there is none, or it is not as the document says. */
  ask<X extends D>(document: X, variables?: Variables): Promise<z.output<X['data']>>;
  /** An error of this operation. */
  error(name: ErrorClass, message: string, detail?: ErrorDetail): QuiltError;
}

/** An operation with the documents it may send, or with the reason why it sends none. */
export interface Implementation<P, R> {
  readonly uses: readonly Document[];
  readonly because?: string;
  run(client: Client, params: P): Promise<R>;
}

/** Implementations of some operations, by full name. */
export type Topic<K extends OperationName> = { readonly [N in K]: Implementation<ParamsOf<N>, ResultOf<N>> };

/** Declares an operation: sending a document that is not in `uses` does not compile. */
export function using<const D extends Document, P, R>(
  uses: readonly D[],
  run: (client: Client<D>, params: P) => Promise<R>,
): Implementation<P, R> {
  return { uses, run };
}

/** Declares an operation that sends no document of ours, and why. */
export function withoutDocument<P, R>(because: string, run: (client: Client<never>, params: P) => Promise<R>): Implementation<P, R> {
  return { uses: [], because, run };
}

/** A value of a JSON scalar of the schema. The wire has parsed it, so it is JSON whatever it is. */
export function asJson(value: unknown): Json {
  return (value ?? null) as Json;
}
