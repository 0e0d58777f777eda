/** What a response to an operation must look like, compiled once for each document and set of @skip and @include values. */
import {
  type GraphQLCompositeType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isObjectType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { Parsed } from './prepared-document.ts';

/** One response key of an object. */
export interface FieldPlan {
  readonly key: string;
  readonly type: GraphQLOutputType;
  /** `Policy.title`. */
  readonly coordinate: string;
  /** What is selected below it; null for a leaf. */
  readonly below: SelectionPlan | null;
  readonly line: number | null;
  readonly column: number | null;
}

/** What is selected on a value of a composite type. */
export interface SelectionPlan {
  readonly type: GraphQLCompositeType;
  /** Response keys that hold `__typename`. */
  readonly typenameKeys: readonly string[];
  /** Object types that a value may be of. */
  readonly possible: readonly GraphQLObjectType[];
  /** The response keys of a value of the object type; made on first use. */
  fieldsOf(type: GraphQLObjectType): ReadonlyMap<string, FieldPlan>;
}

/** Decides @skip and @include by the values of the variables that they name. */
export type Included = (node: SelectionNode) => boolean;

/** Plans what `sets` select on `type`. Selections that the schema does not know are left out: they are findings of the document. */
export function planSelection(
  schema: GraphQLSchema,
  parsed: Parsed,
  included: Included,
  type: GraphQLCompositeType,
  sets: readonly SelectionSetNode[],
): SelectionPlan {
  const plans = new Map<string, ReadonlyMap<string, FieldPlan>>();
  const names = new Set<string>();
  for (const set of sets) collectTypenameKeys(set, parsed, names, new Set());
  return {
    type,
    typenameKeys: [...names],
    possible: isObjectType(type) ? [type] : schema.getPossibleTypes(type),
    fieldsOf(object) {
      const known = plans.get(object.name) ?? planFields(schema, parsed, included, object, sets);
      plans.set(object.name, known);
      return known;
    },
  };
}

function planFields(
  schema: GraphQLSchema,
  parsed: Parsed,
  included: Included,
  object: GraphQLObjectType,
  sets: readonly SelectionSetNode[],
): ReadonlyMap<string, FieldPlan> {
  const grouped = new Map<string, { name: string; nodes: SelectionNode[]; sets: SelectionSetNode[] }>();
  const collect = (set: SelectionSetNode, spread: ReadonlySet<string>) => {
    for (const node of set.selections) {
      if (!included(node)) continue;
      if (node.kind === Kind.FIELD) {
        const key = node.alias?.value ?? node.name.value;
        const group = grouped.get(key) ?? { name: node.name.value, nodes: [], sets: [] };
        group.nodes.push(node);
        if (node.selectionSet) group.sets.push(node.selectionSet);
        grouped.set(key, group);
        continue;
      }
      const fragment =
        node.kind === Kind.FRAGMENT_SPREAD ? (spread.has(node.name.value) ? undefined : parsed.fragments.get(node.name.value)) : node;
      if (!fragment || !applies(schema, fragment.typeCondition?.name.value, object)) continue;
      collect(fragment.selectionSet, node.kind === Kind.FRAGMENT_SPREAD ? new Set([...spread, node.name.value]) : spread);
    }
  };
  for (const set of sets) collect(set, new Set());
  const plans = new Map<string, FieldPlan>();
  for (const [key, { name, nodes, sets: below }] of grouped) {
    const field = schema.getField(object, name);
    if (!field) continue;
    const named = getNamedType(field.type);
    const token = nodes[0]?.loc?.startToken;
    plans.set(key, {
      key,
      type: field.type,
      coordinate: `${object.name}.${name}`,
      below: isCompositeType(named) ? planSelection(schema, parsed, included, named, below) : null,
      line: token?.line ?? null,
      column: token?.column ?? null,
    });
  }
  return plans;
}

function applies(schema: GraphQLSchema, condition: string | undefined, object: GraphQLObjectType): boolean {
  if (condition === undefined || condition === object.name) return true;
  const type = schema.getType(condition);
  return type !== undefined && isCompositeType(type) && !isObjectType(type) && schema.isSubType(type, object);
}

function collectTypenameKeys(set: SelectionSetNode, parsed: Parsed, names: Set<string>, spread: Set<string>): void {
  for (const node of set.selections) {
    if (node.kind === Kind.FIELD) {
      if (node.name.value === '__typename') names.add(node.alias?.value ?? '__typename');
    } else if (node.kind === Kind.INLINE_FRAGMENT) {
      collectTypenameKeys(node.selectionSet, parsed, names, spread);
    } else if (!spread.has(node.name.value)) {
      spread.add(node.name.value);
      const fragment = parsed.fragments.get(node.name.value);
      if (fragment) collectTypenameKeys(fragment.selectionSet, parsed, names, spread);
    }
  }
}
