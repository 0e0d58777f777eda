/** Whose documents a change of the schema touches. */
import type { Change } from '@graphql-inspector/core';
import { z } from 'zod';

/** What is read of a change's `meta`, whose members have other names for each type of change. */
const meta = z.looseObject({}).catch({});

/**
 * Coordinates whose users a change affects, in the forms of `touch-definition.ts`: those that touch what went, and where something new is demanded, all that
 * touch what is around it. None for a change that no document can notice (descriptions, uses of directives in the schema).
 */
export function coordinatesOf({ type, path = '', meta: given }: Pick<Change, 'type' | 'path' | 'meta'>): readonly string[] {
  const facts = meta.parse(given) as Readonly<Record<string, unknown>>;
  const [first = '', second = '', third = ''] = path.split('.');
  const field = `${first}.${second}`;
  const demands = (name: string) => String(facts[name] ?? '').endsWith('!');
  switch (String(type)) {
    case 'FIELD_REMOVED':
    case 'FIELD_TYPE_CHANGED':
    case 'FIELD_DEPRECATION_ADDED':
    case 'FIELD_DEPRECATION_REASON_CHANGED':
    case 'FIELD_ARGUMENT_ADDED':
    // Who leaves the argument out gets another value, and cannot be told from here.
    case 'FIELD_ARGUMENT_DEFAULT_CHANGED':
      return [field];
    case 'FIELD_ARGUMENT_REMOVED':
      return [`${field}(${third || String(facts['removedFieldArgumentName'] ?? '')}:)`];
    case 'FIELD_ARGUMENT_TYPE_CHANGED':
      return demands('newArgumentType') ? [field] : [`${field}(${third}:)`];
    case 'INPUT_FIELD_REMOVED':
      return [field, `${first}.*`];
    case 'INPUT_FIELD_ADDED':
    case 'INPUT_FIELD_DEFAULT_VALUE_CHANGED':
      return [first];
    case 'INPUT_FIELD_TYPE_CHANGED':
      return demands('newInputFieldType') ? [first] : [field, `${first}.*`];
    case 'ENUM_VALUE_REMOVED':
    case 'ENUM_VALUE_DEPRECATION_REASON_ADDED':
    case 'ENUM_VALUE_DEPRECATION_REASON_CHANGED':
      return [field, `${first}.*`];
    case 'UNION_MEMBER_REMOVED':
      return [`${first}|${String(facts['removedUnionMemberTypeName'] ?? '')}`];
    case 'ENUM_VALUE_ADDED':
    case 'UNION_MEMBER_ADDED':
    case 'TYPE_REMOVED':
    case 'TYPE_KIND_CHANGED':
      return [first];
    case 'OBJECT_TYPE_INTERFACE_ADDED':
    case 'OBJECT_TYPE_INTERFACE_REMOVED':
      return [String(facts['addedInterfaceName'] ?? facts['removedInterfaceName'] ?? '')];
    case 'SCHEMA_QUERY_TYPE_CHANGED':
    case 'SCHEMA_MUTATION_TYPE_CHANGED':
    case 'SCHEMA_SUBSCRIPTION_TYPE_CHANGED':
      return Object.entries(facts).flatMap(([name, value]) => (name.startsWith('old') && typeof value === 'string' ? [value] : []));
    default:
      // Directives that documents may carry; what only the schema carries is no document's business.
      return String(type).startsWith('DIRECTIVE_') && !String(type).startsWith('DIRECTIVE_USAGE_')
        ? [first.startsWith('@') ? first : `@${first}`]
        : [];
  }
}
