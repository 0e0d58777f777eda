/** How a mutation's answer is read: its success, or one of the members of its union that say why not (P-07, C-08). */
import { z } from 'zod';
import type { ErrorClass, ErrorDetail, QuiltError } from '../errors.ts';
import type { Client } from './operation.ts';

/** `InvalidInput`: what is wrong with the arguments. */
export const invalidInput = z.object({
  __typename: z.literal('InvalidInput'),
  errors: z.array(z.object({ path: z.string().nullable(), name: z.string(), message: z.string() })).min(1),
});

/** `OperationError`: what went wrong while it was carried out. */
export const operationError = z.object({ __typename: z.literal('OperationError'), name: z.string(), message: z.string() });

/** Members of a union that have nothing but their name. */
export const members = <const N extends readonly [string, ...string[]]>(...names: N) => z.object({ __typename: z.enum(names) });

/** `Ok`. */
export const ok = members('Ok');

type Failure = z.infer<typeof invalidInput> | z.infer<typeof operationError> | { readonly __typename: string };

/**
 * What the server's names for failures mean to one operation: the class, and the facts that go with it. A key is the name of the failure, or
 * `PATH: NAME` where one name means different things.
 */
export type Meanings = Readonly<Record<string, readonly [ErrorClass, ErrorDetail]>>;

/**
 * The error that a failure is. Without a meaning, InvalidInput is a ValidationError of the parameter that its path lies in, and everything else
 * a BackendError. The server's own name and words stay (P-07).
 */
export function refusal(client: Client<never>, failure: Failure, meanings: Meanings): QuiltError {
  const { name, path, text } = readFailure(failure);
  const field = fieldOfPath(path);
  const fallback =
    path === undefined ? (['BackendError', {}] as const) : (['ValidationError', field === undefined ? {} : { field }] as const);
  const [errorClass, facts] = meanings[`${path}: ${name}`] ?? meanings[name] ?? fallback;
  const said = text === undefined ? name : `${name}: ${text}`;
  return client.error(errorClass, `${client.operation}: expected success, got ${said}`, {
    ...facts,
    code: name,
    ...(text !== undefined && { text }),
  });
}

interface Said {
  readonly name: string;
  /** Absent when the arguments are not to blame. */
  readonly path?: string | null;
  readonly text?: string;
}

function readFailure(failure: Failure): Said {
  if ('errors' in failure) {
    const [first] = failure.errors;
    return {
      name: first?.name ?? failure.__typename,
      path: first?.path ?? null,
      text: failure.errors.map(({ message }) => message).join('; '),
    };
  }
  return 'message' in failure ? { name: failure.name, text: failure.message } : { name: failure.__typename };
}

/** Parameters that the interface calls otherwise than the schema. */
const parameterNames: Readonly<Record<string, string>> = {
  userMeta: 'metadata',
  entries: 'uris',
  bucketName: 'bucket',
  tableName: 'table',
  newTableName: 'newName',
};

/** Parameter that a path into the variables lies in, as the interface names it: `permissions` of `input.permissions.0.bucket`. */
export function fieldOfPath(path: string | null | undefined): string | undefined {
  const [head, second] = (path ?? '').split('.');
  const name = head === 'input' || head === 'params' || head === 'src' ? second : head;
  return name === undefined || name === '' ? undefined : (parameterNames[name] ?? name);
}
