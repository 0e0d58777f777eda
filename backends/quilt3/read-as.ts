/** Answers of a server, read as what they must be. */
import type { z } from 'zod';
import { type Call, errorOf } from './call.ts';

/** An answer in the form that it must have; another form is a BackendError that names the first place. */
export function readAs<S extends z.ZodType>(call: Call, what: string, shape: S, value: unknown): z.output<S> {
  const read = shape.safeParse(value);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const where = issue === undefined || issue.path.length === 0 ? 'the whole answer' : issue.path.join('.');
  throw errorOf(call, 'BackendError', `${what}: expected ${where} as documented, got another: ${issue?.message ?? ''}`, {
    code: 'broken-body',
  });
}
