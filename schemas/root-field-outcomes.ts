/** Which outcomes a root field, or an operation below a namespace, can have at all, and which one an answer is. */
import { type GraphQLOutputType, getNamedType, isListType, isNonNullType, isObjectType, isUnionType } from 'graphql';
import type { Contract } from './contract.ts';
import { NULL_SAYS, RESULT_UNIONS } from './result-unions.ts';
import { rootFieldsOf } from './root-fields.ts';

/**
 * `value`; `typed-failure`: a member of the result union that says no, or null for what is not there; `refused`: who asked may not.
 * The columns of the coverage table, and the three ways in which each field that has them must be called.
 */
export const ROOT_FIELD_OUTCOMES = ['value', 'typed-failure', 'refused'] as const;
export type RootFieldOutcome = (typeof ROOT_FIELD_OUTCOMES)[number];

/** Path (`Query.policy`, `Mutation.admin.user.create`) → the outcomes that it can have. Everything can be refused, if only to who has a bad token. */
export function possibleOutcomes(contract: Contract): ReadonlyMap<string, readonly RootFieldOutcome[]> {
  return new Map(
    rootFieldsOf(contract).map((path) => {
      const type = typeAt(contract, path);
      const fails = (type !== null && failuresOf(type).length > 0) || (isNullable(type) && NULL_SAYS[path] !== 'value');
      return [path, ROOT_FIELD_OUTCOMES.filter((outcome) => outcome !== 'typed-failure' || fails)];
    }),
  );
}

/** Paths whose answer may be null by the schema: what `NULL_SAYS` has to say something about. */
export function nullableFields(contract: Contract): readonly string[] {
  return rootFieldsOf(contract).filter((path) => isNullable(typeAt(contract, path)));
}

/**
 * What a value at the path says; `untold` where that cannot be known: a member that `RESULT_UNIONS` does not know, a union asked without
 * `__typename`, or no value at all.
 */
export function outcomeOf(contract: Contract, path: string, value: unknown): Exclude<RootFieldOutcome, 'refused'> | 'untold' {
  if (value === undefined) return 'untold';
  const type = typeAt(contract, path);
  if (type === null) return 'untold';
  if (value === null) return NULL_SAYS[path] === 'value' ? 'value' : 'typed-failure';
  const union = getNamedType(type);
  if (!isUnionType(union) || isList(type)) return 'value';
  const member = typeof value === 'object' && '__typename' in value ? value.__typename : undefined;
  const { success = [], failure = [] } = RESULT_UNIONS[union.name] ?? {};
  if (typeof member !== 'string') return failure.length === 0 && success.length > 0 ? 'value' : 'untold';
  if (success.includes(member)) return 'value';
  return failure.includes(member) ? 'typed-failure' : 'untold';
}

function failuresOf(type: GraphQLOutputType): readonly string[] {
  const union = getNamedType(type);
  return isUnionType(union) && !isList(type) ? (RESULT_UNIONS[union.name]?.failure ?? []) : [];
}

function isList(type: GraphQLOutputType): boolean {
  return isListType(isNonNullType(type) ? type.ofType : type);
}

function isNullable(type: GraphQLOutputType | null): boolean {
  return type !== null && !isNonNullType(type);
}

function typeAt({ schema }: Contract, path: string): GraphQLOutputType | null {
  const [root = '', ...names] = path.split('.');
  let parent = schema.getType(root);
  let type: GraphQLOutputType | null = null;
  for (const name of names) {
    type = isObjectType(parent) ? (parent.getFields()[name]?.type ?? null) : null;
    if (type === null) return null;
    parent = getNamedType(type);
  }
  return type;
}
