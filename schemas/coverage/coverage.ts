/** What of a schema the operations of a source tree touch, and what none does. */
import {
  type GraphQLNamedType,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isScalarType,
  isUnionType,
} from 'graphql';
import type { Contract } from '../contract.ts';
import type { Found } from '../inventory/found.ts';
import type { Place } from '../inventory/source-file.ts';
import { type UsageMap, usageOf } from '../usage/usage-map.ts';

/** `maybe`: a variable whose contents are not seen may hold it, or an answer may. */
export type Touched = 'touched' | 'maybe' | 'untouched';
export const STATES = ['touched', 'maybe', 'untouched'] as const;

export type PartKind = 'field' | 'argument' | 'input field' | 'enum value' | 'member';
export const PART_KINDS = ['field', 'argument', 'input field', 'enum value', 'member'] as const;

export interface CoveredPart {
  readonly kind: PartKind;
  /** Within its type: `title`, `grants(level:)`. */
  readonly name: string;
  readonly state: Touched;
  readonly deprecated: boolean;
  /** Names of the operations that touch it, sorted. */
  readonly operations: readonly string[];
}

export interface CoveredType {
  readonly name: string;
  readonly kind: 'object' | 'interface' | 'union' | 'enum' | 'input';
  readonly state: Touched;
  readonly parts: readonly CoveredPart[];
}

export type Counts = Readonly<Record<Touched, number>>;

export interface Coverage {
  /** URL or file of the schema. */
  readonly schema: string;
  readonly documents: number;
  /** What is GraphQL and could not be read: what it touches is not counted. */
  readonly unresolved: readonly Place[];
  readonly totals: Readonly<Record<PartKind | 'type', Counts>>;
  /** By name. Scalars have no parts, and are left out as introspection is. */
  readonly types: readonly CoveredType[];
}

export function coverageOf(contract: Contract, inventory: Found): Coverage {
  const usage = usageOf(contract, inventory.documents);
  const types = Object.values(contract.schema.getTypeMap())
    .filter((type) => !isIntrospectionType(type) && !isScalarType(type))
    .map((type) => coverType(contract, usage, type))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const parts = types.flatMap((type) => type.parts);
  return {
    schema: contract.source,
    documents: usage.sent.length,
    unresolved: inventory.unresolved.map(({ place }) => place),
    totals: {
      type: count(types),
      field: count(parts.filter(({ kind }) => kind === 'field')),
      argument: count(parts.filter(({ kind }) => kind === 'argument')),
      'input field': count(parts.filter(({ kind }) => kind === 'input field')),
      'enum value': count(parts.filter(({ kind }) => kind === 'enum value')),
      member: count(parts.filter(({ kind }) => kind === 'member')),
    },
    types,
  };
}

function coverType(contract: Contract, usage: UsageMap, type: GraphQLNamedType): CoveredType {
  const parts = partsOf(contract, usage, type);
  const own = stateOf(usage, [type.name], []);
  const states = [own, ...parts.map(({ state }) => state)];
  const kind = isObjectType(type)
    ? 'object'
    : isInterfaceType(type)
      ? 'interface'
      : isUnionType(type)
        ? 'union'
        : isEnumType(type)
          ? 'enum'
          : 'input';
  return { name: type.name, kind, state: STATES.find((state) => states.includes(state)) ?? 'untouched', parts };
}

function partsOf(contract: Contract, usage: UsageMap, type: GraphQLNamedType): readonly CoveredPart[] {
  const part = (kind: PartKind, name: string, deprecated: unknown, exact: string, perhaps: readonly string[] = []): CoveredPart => ({
    kind,
    name,
    deprecated: typeof deprecated === 'string',
    state: stateOf(usage, [exact], perhaps),
    operations: [...new Set([exact, ...perhaps].flatMap((one) => usage.of(one).map(({ operation }) => operation)))].sort(),
  });
  if (isInputObjectType(type)) {
    return Object.values(type.getFields()).map(({ name, deprecationReason }) =>
      part('input field', name, deprecationReason, `${type.name}.${name}`, [`${type.name}.*`]),
    );
  }
  if (isEnumType(type)) {
    // Whoever selects the enum may be answered with any of its values.
    const answered = usage.of(type.name).some(({ kind }) => kind === 'type') ? [type.name] : [];
    return type
      .getValues()
      .map(({ name, deprecationReason }) =>
        part('enum value', name, deprecationReason, `${type.name}.${name}`, [`${type.name}.*`, ...answered]),
      );
  }
  const members = isAbstractType(type)
    ? contract.schema.getPossibleTypes(type).map(({ name }) => part('member', name, undefined, `${type.name}|${name}`))
    : [];
  if (!isObjectType(type) && !isInterfaceType(type)) return members;
  const fields = Object.values(type.getFields()).flatMap(({ name, deprecationReason, args }) => [
    part('field', name, deprecationReason, `${type.name}.${name}`),
    ...args.map((argument) =>
      part('argument', `${name}(${argument.name}:)`, argument.deprecationReason, `${type.name}.${name}(${argument.name}:)`),
    ),
  ]);
  return [...fields, ...members];
}

function stateOf(usage: UsageMap, exact: readonly string[], perhaps: readonly string[]): Touched {
  if (exact.some((one) => usage.coordinates.has(one))) return 'touched';
  return perhaps.some((one) => usage.coordinates.has(one)) ? 'maybe' : 'untouched';
}

function count(all: readonly { readonly state: Touched }[]): Counts {
  const of = (state: Touched) => all.filter((one) => one.state === state).length;
  return { touched: of('touched'), maybe: of('maybe'), untouched: of('untouched') };
}
