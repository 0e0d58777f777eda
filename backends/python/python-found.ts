/** What quilt3 answers None for. */
import { z } from 'zod';
import type { PythonCall } from './python-call.ts';

/** Asks for one thing; a NotFoundError about `subject` when there is none. */
export async function found<S extends z.ZodType>(call: PythonCall, params: object, shape: S, subject: string): Promise<z.output<S>> {
  const value = await call.ask(params, z.union([z.null(), shape]), { subject: { subject } });
  if (value === null) throw call.refuse('NotFoundError', `quilt3: expected ${JSON.stringify(subject)}, got None`, { subject });
  return value as z.output<S>;
}
