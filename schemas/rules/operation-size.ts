/** Depth and complexity of an operation; a fragment is measured once, so that fragments within fragments cost no more than they are long. */
import { type FragmentDefinitionNode, Kind, type OperationDefinitionNode, type SelectionNode } from 'graphql';

interface Size {
  readonly depth: number;
  readonly complexity: number;
}

/** As @graphql-inspector's `calculateOperationComplexity` has them, whose formula this is. */
const SCALAR = 1;
const OBJECT = 2;
const PER_LEVEL = 1.5;

/** A measure for the operations of one document. `depth` counts fields inside one another, fragments not; introspection fields count nothing. */
export function createMeasure(
  fragment: (name: string) => FragmentDefinitionNode | null | undefined,
): (operation: OperationDefinitionNode) => Size {
  const known = new Map<string, Size | null>();
  const none: Size = { depth: 0, complexity: SCALAR };
  const sizeOfSet = (selections: readonly SelectionNode[]): Size => {
    let depth = 0;
    let complexity = OBJECT;
    for (const node of selections) {
      const below = sizeOf(node);
      depth = Math.max(depth, below.depth);
      complexity += PER_LEVEL * below.complexity;
    }
    return { depth, complexity };
  };
  const sizeOf = (node: SelectionNode): Size => {
    if (node.kind === Kind.FRAGMENT_SPREAD) {
      const { depth, complexity } = sizeOfFragment(node.name.value) ?? none;
      return { depth, complexity: SCALAR + PER_LEVEL * complexity };
    }
    if (node.kind === Kind.INLINE_FRAGMENT) return sizeOfSet(node.selectionSet.selections);
    if (node.selectionSet === undefined) return { depth: node.name.value.startsWith('__') ? 0 : 1, complexity: SCALAR };
    const { depth, complexity } = sizeOfSet(node.selectionSet.selections);
    return { depth: node.name.value.startsWith('__') ? 0 : depth + 1, complexity };
  };
  const sizeOfFragment = (name: string): Size | null => {
    const before = known.get(name);
    if (before !== undefined) return before;
    // A cycle is a finding of its own; here it measures nothing.
    known.set(name, null);
    const definition = fragment(name);
    const size = definition ? sizeOfSet(definition.selectionSet.selections) : null;
    known.set(name, size);
    return size;
  };
  return (operation) => sizeOfSet(operation.selectionSet.selections);
}
