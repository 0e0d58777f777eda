/**
 * C-07: the program compares `__typename` with a name that it can never be, so that a branch never runs.
 * Which document the value came from cannot be told from the comparison, so a type counts as possible when any object of the schema can be it.
 */
import { getNamedType, isObjectType } from 'graphql';
import type { Contract } from '../contract.ts';
import { didYouMean } from '../suggest.ts';
import type { RuleFacts, Severity } from './rule.ts';

export const typenameRules = [
  {
    id: 'unknown-typename',
    severity: 'error',
    says: '`__typename` is compared with a type that the schema does not have',
    because: 'The branch never runs: a failure goes unseen, or a success is taken for one.',
    from: 'C-07',
  },
  {
    id: 'impossible-typename',
    severity: 'warning',
    says: '`__typename` is compared with a type that no value can have: an interface, a union, an input, an enum, a scalar, or an object that no field answers with',
    because: 'The branch never runs. `__typename` is always the name of an object type.',
    from: 'C-07; specification 4.4',
  },
] as const satisfies readonly RuleFacts[];

export interface TypenameFinding {
  readonly rule: (typeof typenameRules)[number]['id'];
  readonly severity: Severity;
  readonly message: string;
}

/** What is wrong with comparing `__typename` with the name, or null. */
export function judgeTypename(contract: Contract, typeName: string): TypenameFinding | null {
  const { schema } = contract;
  const type = schema.getType(typeName);
  if (!type) {
    const names = Object.values(schema.getTypeMap())
      .filter((one) => isObjectType(one) && !one.name.startsWith('__'))
      .map((one) => one.name);
    const message = `__typename: expected a type of the schema, got ${JSON.stringify(typeName)}${didYouMean(typeName, names)}`;
    return { rule: 'unknown-typename', severity: 'error', message };
  }
  const what = isObjectType(type) ? (answers(contract).has(type.name) ? null : 'which no field answers with') : `which is ${kindOf(type)}`;
  if (what === null) return null;
  return { rule: 'impossible-typename', severity: 'warning', message: `__typename: expected an object type, got ${typeName}, ${what}` };
}

const KINDS: Readonly<Record<string, string>> = {
  GraphQLInterfaceType: 'an interface',
  GraphQLUnionType: 'a union',
  GraphQLInputObjectType: 'an input type',
  GraphQLEnumType: 'an enum',
  GraphQLScalarType: 'a scalar',
};
const kindOf = (type: object) => KINDS[Object.prototype.toString.call(type).slice(8, -1)] ?? 'no object';

const answersOf = new WeakMap<Contract['schema'], ReadonlySet<string>>();

/** Object types that some value can be of: roots, types of fields, and members of abstract ones. */
function answers({ schema }: Contract): ReadonlySet<string> {
  const known = answersOf.get(schema);
  if (known) return known;
  const found = new Set(
    [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].flatMap((root) => root?.name ?? []),
  );
  for (const type of Object.values(schema.getTypeMap())) {
    if (!('getFields' in type) || 'isOneOf' in type) continue;
    for (const field of Object.values(type.getFields())) {
      const below = getNamedType(field.type);
      if (isObjectType(below)) found.add(below.name);
      else if ('getTypes' in below || ('getInterfaces' in below && 'resolveType' in below)) {
        for (const member of schema.getPossibleTypes(below)) found.add(member.name);
      }
    }
  }
  answersOf.set(schema, found);
  return found;
}
