/** A question to a root field of the schema, asked as text, and what its answer must be. */

export interface Question {
  /** `Query.searchObjects`, `Mutation.admin.apiKeys.revoke`. */
  readonly field: string;
  readonly case: 'value' | 'typed-failure' | 'refused';
  readonly as: 'admin' | 'user' | 'nobody';
  readonly text: string;
  /** `{bucket}` in a variable is the target's first bucket. */
  readonly variables?: Readonly<Record<string, unknown>>;
  /** Path in the answer → what stands there, as JSON; `string` for any string. */
  readonly expect: Readonly<Record<string, string>>;
}

type Variables = NonNullable<Question['variables']>;

/** Selects what the two members say that most result unions have. */
export const failure = '... on InvalidInput { errors { path name message } } ... on OperationError { name message }';

/** Answered with a value, to an administrator unless said otherwise. */
export function value(
  field: string,
  text: string,
  expect: Question['expect'],
  variables: Variables = {},
  as: Question['as'] = 'admin',
): Question {
  return { field, case: 'value', as, text, variables, expect };
}

/** Answered with a member of the result union that says no, or with null for what is not there. */
export function failing(field: string, text: string, expect: Question['expect'], variables: Variables = {}): Question {
  return { ...value(field, text, expect, variables), case: 'typed-failure' };
}

/** An ordinary user is refused: FORBIDDEN, and no data. */
export function refused(field: string, text: string, variables: Variables = {}): Question {
  return { field, case: 'refused', as: 'user', text, variables, expect: { 'errors.0.extensions.code': '"FORBIDDEN"' } };
}

/** Every user may ask, and nobody is refused: UNAUTHENTICATED, and no data. */
export function refusedToNobody(field: string, text: string, variables: Variables = {}): Question {
  return { field, case: 'refused', as: 'nobody', text, variables, expect: { 'errors.0.extensions.code': '"UNAUTHENTICATED"' } };
}
