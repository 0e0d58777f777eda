/** The members of result unions that say why nothing was done (P-07, C-08), and the errors that they are. */
import { z } from 'zod';
import type { ErrorClass, ErrorDetail, QuiltError } from '../errors.ts';
import { type Call, errorOf } from './call.ts';

export const invalidInput = z.object({
  __typename: z.literal('InvalidInput'),
  errors: z.array(z.object({ path: z.string().nullable(), name: z.string(), message: z.string() })).min(1),
});

export const operationError = z.object({ __typename: z.literal('OperationError'), name: z.string(), message: z.string() });

/** Members without fields of their own. */
export const bare = <const N extends readonly [string, ...string[]]>(...names: N) => z.object({ __typename: z.enum(names) });

export const ok = bare('Ok');

type Failure = z.infer<typeof invalidInput> | z.infer<typeof operationError> | { readonly __typename: string };

/** What a failure is for one operation: its class, and which facts it names. */
export type Meaning = readonly [ErrorClass, ErrorDetail];

/** By the server's name for the failure, or by `NAME at FIELD` where one name means different things. */
export type Meanings = Readonly<Record<string, Meaning>>;

/** Names of the schema's arguments that the interface has otherwise. */
const PARAMETERS: Readonly<Record<string, string>> = { bucketName: 'bucket', tableName: 'table', newTableName: 'newName' };

/** Parameter that the path of a mistake lies in: `permissions` of `input.permissions.0.bucket`. */
function fieldOf(path: string | null): string | undefined {
  const [head, next] = (path ?? '').split('.');
  const name = head === 'input' ? next : head;
  return name ? (PARAMETERS[name] ?? name) : undefined;
}

/**
 * The error of a failure. `meanings` tells those that the operation gives a meaning; of the others InvalidInput is a ValidationError of the
 * parameter that its path lies in, and the rest a BackendError.
 */
export function failureError(call: Call, failure: Failure, meanings: Meanings): QuiltError {
  const { name, text, field } = readFailure(failure);
  const meaning = meanings[`${name} at ${field}`] ?? meanings[name];
  const [errorClass, facts] =
    meaning ?? (failure.__typename === 'InvalidInput' ? ['ValidationError', field === undefined ? {} : { field }] : ['BackendError', {}]);
  const said = text === undefined ? name : `${name}: ${text}`;
  return errorOf(call, errorClass, `${call.operation}: expected success, got ${said}`, {
    ...facts,
    code: name,
    ...(text !== undefined && { text }),
  });
}

function readFailure(failure: Failure): { readonly name: string; readonly text?: string; readonly field?: string | undefined } {
  if ('errors' in failure) {
    const [first] = failure.errors;
    return {
      name: first?.name ?? 'InvalidInput',
      text: failure.errors.map(({ message }) => message).join('; '),
      field: fieldOf(first?.path ?? null),
    };
  }
  if ('message' in failure) return { name: failure.name, text: failure.message };
  return { name: failure.__typename };
}
