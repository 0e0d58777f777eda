/** Which members of an abstract type a selection asks anything of. */
import {
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  isInterfaceType,
  isObjectType,
  isUnionType,
  Kind,
  type SelectionSetNode,
} from 'graphql';

export interface SelectedTypes {
  /** Names of the object types that a fragment stands for: itself, or the interface that it implements. */
  readonly names: ReadonlySet<string>;
  /** `__typename` is asked of every member. */
  readonly typename: boolean;
}

/**
 * Object types that fragments of the selection on `parent` name, spread fragments included. A fragment on a union names none, since a union has no
 * fields; what stands in it counts.
 */
export function selectedTypes(
  schema: GraphQLSchema,
  parent: string,
  selection: SelectionSetNode,
  fragment: (name: string) => FragmentDefinitionNode | null | undefined,
): SelectedTypes {
  const names = new Set<string>();
  const spread = new Set<string>();
  let typename = false;
  const walk = (set: SelectionSetNode, direct: boolean): void => {
    for (const node of set.selections) {
      if (node.kind === Kind.FIELD) typename ||= direct && node.name.value === '__typename';
      else if (node.kind === Kind.INLINE_FRAGMENT) enter(node.typeCondition?.name.value ?? parent, node.selectionSet, direct);
      else if (!spread.has(node.name.value)) {
        spread.add(node.name.value);
        const definition = fragment(node.name.value);
        if (definition) enter(definition.typeCondition.name.value, definition.selectionSet, direct);
      }
    }
  };
  const enter = (on: string, set: SelectionSetNode, direct: boolean): void => {
    // A union has no fields of its own: what counts is what stands in it.
    if (on === parent || isUnionType(schema.getType(on))) walk(set, direct);
    // What stands in a fragment on another type can only narrow it.
    else for (const type of membersOf(schema, on)) names.add(type.name);
  };
  walk(selection, true);
  return { names, typename };
}

function membersOf(schema: GraphQLSchema, name: string): readonly GraphQLObjectType[] {
  const type = schema.getType(name);
  if (isObjectType(type)) return [type];
  return isInterfaceType(type) ? schema.getPossibleTypes(type) : [];
}
