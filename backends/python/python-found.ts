/** What quilt3 answers None for. */
import { z } from 'zod';
import type { PythonCall } from './python-call.ts';

/** Asks for one thing; a NotFoundError about `subject` when there is none. */
export async function found<S extends z.ZodType>(call: PythonCall, params: object, shape: S, subject: string): Promise<z.output<S>> {
  const value = await call.ask(params, z.union([z.null(), shape]), { subject: { subject } });
  if (value === null) throw call.refuse('NotFoundError', `quilt3: expected ${JSON.stringify(subject)}, got None`, { subject });
  return value as z.output<S>;
}

/** Asks for the one thing with an id. quilt3 takes a name or title in its place, and what it finds by that is not what was asked for. */
export async function foundById<S extends z.ZodType<{ readonly id: string }>>(
  call: PythonCall,
  params: { readonly id: string },
  shape: S,
): Promise<z.output<S>> {
  const value = await found(call, params, shape, params.id);
  if (value.id !== params.id)
    throw call.refuse('NotFoundError', `quilt3: expected id ${JSON.stringify(params.id)}, got ${value.id} by its name`, {
      subject: params.id,
    });
  return value;
}
