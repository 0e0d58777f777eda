/** An operation of QuiltOps carried out by quilt3 in Python: asked of the child, its answer read, its exception made an error. */
import type { z } from 'zod';
import { QuiltError } from '../errors.ts';
import type { OperationName, ParamsOf, ResultOf } from '../operations.ts';
import { type About, bridgeError, toQuiltError } from './bridge-errors.ts';
import type { BridgePool } from './bridge-pool.ts';
import type { PythonSession } from './python-session.ts';

export class PythonCall {
  readonly operation: OperationName;
  readonly session: PythonSession;
  readonly #pool: BridgePool;

  constructor(operation: OperationName, session: PythonSession, pool: BridgePool) {
    this.operation = operation;
    this.session = session;
    this.#pool = pool;
  }

  /** Asks the child and reads its answer; throws QuiltError. `task` is the child's name for it where that is another. */
  async ask<S extends z.ZodType>(params: object, shape: S, about: About = {}, task: string = this.operation): Promise<z.output<S>> {
    const request = { session: this.session.tell(this.operation), operation: task, params };
    const answer = await this.#pool.ask(request).catch((error: unknown) => {
      throw bridgeError(this.operation, error);
    });
    if ('error' in answer) throw toQuiltError(this.operation, answer.error, about);
    const read = shape.safeParse(answer.value);
    if (read.success) return read.data;
    throw this.refuse('BackendError', `quilt3: expected an answer in its own form, got another: ${read.error.issues[0]?.message ?? ''}`, {
      code: 'broken-body',
    });
  }

  refuse(name: QuiltError['name'], message: string, detail: QuiltError['detail']): QuiltError {
    return new QuiltError(name, this.operation, message, detail);
  }

  /** Throws a ValidationError for the first of these parameters that is blank; quilt3 leaves that to the server. */
  rejectBlank(params: Readonly<Record<string, string>>): void {
    for (const [field, value] of Object.entries(params)) {
      if (value.trim() === '') throw this.refuse('ValidationError', `${field}: expected a text, got a blank one`, { field });
    }
  }
}

/** Some operations, by full name. */
export type PythonTopic<K extends OperationName> = { readonly [N in K]: (call: PythonCall, params: ParamsOf<N>) => Promise<ResultOf<N>> };
