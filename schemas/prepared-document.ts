/** Documents as the judges need them: parsed once, and kept by schema and text, so that judging an exchange parses nothing. */
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  type OperationTypeNode,
  parse,
  Source,
  visit,
} from 'graphql';
import type { Contract } from './contract.ts';
import { overLimits } from './document-limits.ts';

/** A parsed document, or the error that parsing it ended with: of its syntax, or that it is over the limits. */
export interface Parsed {
  readonly source: Source;
  readonly document: DocumentNode | null;
  readonly syntaxError: GraphQLError | null;
  readonly operations: readonly OperationDefinitionNode[];
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
}

/** Most documents kept for one schema; the oldest goes first. A client has hundreds of documents, an explorer may send any number. */
const MOST_DOCUMENTS = 2000;

/** A map that forgets what came first when it is full. */
export class BoundedMap<K, V> extends Map<K, V> {
  readonly limit: number;

  constructor(limit: number) {
    super();
    this.limit = limit;
  }

  /** The value of `key`, made on first use. */
  obtain(key: K, make: () => V): V {
    const known = this.get(key);
    if (known !== undefined) return known;
    const made = make();
    if (this.size >= this.limit) {
      const oldest = this.keys().next();
      if (!oldest.done) this.delete(oldest.value);
    }
    this.set(key, made);
    return made;
  }
}

/** A cache of what one judge makes of a document, by schema and text, kept as long as the schema is. */
export function documentCache<V>(): (contract: Contract, key: string, make: () => V) => V {
  const schemas = new WeakMap<GraphQLSchema, BoundedMap<string, V>>();
  return ({ schema }, key, make) => {
    const known = schemas.get(schema) ?? new BoundedMap<string, V>(MOST_DOCUMENTS);
    schemas.set(schema, known);
    return known.obtain(key, make);
  };
}

const parsedTexts = new BoundedMap<string, Parsed>(MOST_DOCUMENTS);

/** Parses a document; a Source keeps the place that it has in its file. Never throws. */
export function parseDocument(source: string | Source): Parsed {
  return typeof source === 'string' ? parsedTexts.obtain(source, () => parseSource(new Source(source))) : parseSource(source);
}

/** As `parseDocument`, kept nowhere: for texts that are many and looked at once. */
export const parseOnce = (text: string): Parsed => parseSource(new Source(text));

function parseSource(source: Source): Parsed {
  try {
    const over = overLimits(source);
    if (over) throw over;
    const document = parse(source);
    refuseEmptySelections(document, source);
    return {
      source,
      document,
      syntaxError: null,
      operations: document.definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION),
      fragments: new Map(
        document.definitions.filter((node) => node.kind === Kind.FRAGMENT_DEFINITION).map((node) => [node.name.value, node]),
      ),
    };
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    return { source, document: null, syntaxError: error, operations: [], fragments: new Map() };
  }
}

/** What may hold a selection set with nothing in it; so may an empty input object, and a text. */
const EMPTY = /\{(?:[\s,\uFEFF]|#[^\n\r]*)*\}/;

/** graphql-js 17 takes `{ user {} }`; the specification (2.5) and every other server want a selection there. Throws GraphQLError. */
function refuseEmptySelections(document: DocumentNode, source: Source): void {
  if (!EMPTY.test(source.body)) return;
  visit(document, {
    SelectionSet({ selections, loc }) {
      if (selections.length > 0) return;
      throw new GraphQLError('Syntax Error: Expected a selection, found "}".', { source, positions: [(loc?.end ?? 1) - 1] });
    },
  });
}

/** Operations of a document by name and kind; none when it cannot be parsed. */
export function operationsOf(source: string | Source): readonly { readonly name: string | null; readonly kind: `${OperationTypeNode}` }[] {
  return parseDocument(source).operations.map((node) => ({ name: node.name?.value ?? null, kind: node.operation }));
}

/** The operation that would run: that of the name, or without one the only one; null when that is none. */
export function operationNamed(parsed: Parsed, name: string | null): OperationDefinitionNode | null {
  if (name === null) return parsed.operations.length === 1 ? (parsed.operations[0] ?? null) : null;
  return parsed.operations.find((node) => node.name?.value === name) ?? null;
}
