/** The operations that a schema offers, and those that a document asks for: `Query.packages`, and below namespaces `Mutation.admin.user.mutate.setEmail`. */
import { type GraphQLObjectType, getNamedType, getNullableType, isListType, isObjectType, Kind, type SelectionSetNode } from 'graphql';
import type { Contract } from './contract.ts';
import { isNamespace } from './field-paths.ts';
import { operationNamed, parseDocument } from './prepared-document.ts';

/**
 * Paths of every root field of Query and Mutation, and after a namespace (`Query.admin`) those of the operations below it, in the order of the schema.
 * A path with one dot is a root field of the schema. A namespace is a field whose type's name ends in Queries or Mutations.
 */
export function rootFieldsOf(contract: Contract): readonly string[] {
  const { schema } = contract;
  return [schema.getQueryType(), schema.getMutationType()].flatMap((root) =>
    root ? fieldsBelow(contract, root, root.name, new Set()) : [],
  );
}

function fieldsBelow(contract: Contract, type: GraphQLObjectType, path: string, above: ReadonlySet<string>): string[] {
  return Object.values(type.getFields()).flatMap((field) => {
    const here = `${path}.${field.name}`;
    const below = namespaceOf(contract, field.type);
    return below && !above.has(below.name) ? [here, ...fieldsBelow(contract, below, here, new Set([...above, below.name]))] : [here];
  });
}

function namespaceOf(contract: Contract, type: Parameters<typeof getNamedType>[0]): GraphQLObjectType | null {
  const named = getNamedType(type);
  return isObjectType(named) && !isListType(getNullableType(type)) && isNamespace(contract.schema, named.name) ? named : null;
}

/** A root field, or an operation below a namespace, as a document asks for it. */
export interface AskedField {
  /** `Mutation.admin.user.create`. */
  readonly path: string;
  /** Where its answer stands in `data`: names, or the aliases that the document gives them. */
  readonly keys: readonly string[];
}

/**
 * The same paths for what an operation selects, @skip and @include taken as if all were asked; each place in the answer once, in the order of the text. `contract` is not
 * needed: a selection belongs to the path of the namespaces that `rootFieldsOf` knows, so give its answer as `known` to leave out fields of values.
 */
export function rootFieldsAsked(document: string, operationName: string | null, known: ReadonlySet<string>): readonly AskedField[] {
  const parsed = parseDocument(document);
  const operation = operationNamed(parsed, operationName);
  if (!operation) return [];
  const asked = new Map<string, AskedField>();
  const collect = (set: SelectionSetNode, path: string, keys: readonly string[], spread: ReadonlySet<string>) => {
    for (const node of set.selections) {
      if (node.kind === Kind.FIELD) {
        const here = `${path}.${node.name.value}`;
        if (!known.has(here)) continue;
        const at = [...keys, node.alias?.value ?? node.name.value];
        asked.set(at.join('.'), { path: here, keys: at });
        if (node.selectionSet) collect(node.selectionSet, here, at, spread);
      } else if (node.kind === Kind.INLINE_FRAGMENT) collect(node.selectionSet, path, keys, spread);
      else if (!spread.has(node.name.value)) {
        const fragment = parsed.fragments.get(node.name.value);
        if (fragment) collect(fragment.selectionSet, path, keys, new Set([...spread, node.name.value]));
      }
    }
  };
  collect(
    operation.selectionSet,
    { query: 'Query', mutation: 'Mutation', subscription: 'Subscription' }[operation.operation],
    [],
    new Set(),
  );
  return [...asked.values()];
}
