/** The GraphQL documents of a client: the only texts that it may send. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DefinitionNode, type FragmentDefinitionNode, Kind, type OperationTypeNode, parse, Source, visit } from 'graphql';

/** One operation, ready to be sent: `text` holds it and every fragment that it uses, in the words of the files. */
export interface GraphqlDocument {
  /** Name of the operation, unique in its set. */
  readonly name: string;
  readonly kind: `${OperationTypeNode}`;
  readonly text: string;
  /** File that the operation stands in. */
  readonly file: string;
  /** Line of the file that `text` begins on, from 1. */
  readonly line: number;
}

export interface DocumentSet {
  readonly documents: readonly GraphqlDocument[];
  /** The document of that name; fails with the names there are. */
  get(name: string): GraphqlDocument;
  has(text: string): boolean;
}

/**
 * Reads the `.graphql` files of a folder: named operations, and fragments that any of them may spread. Fails, naming the file, on a syntax
 * error, an operation without a name of its own, and a fragment that is nowhere or twice.
 */
export function registerDocuments(folder: string): DocumentSet {
  const definitions = readdirSync(folder)
    .filter((name) => name.endsWith('.graphql'))
    .sort()
    .flatMap((name) => readDefinitions(join(folder, name)));
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const { node, file } of definitions) {
    if (node.kind !== Kind.FRAGMENT_DEFINITION) continue;
    if (fragments.has(node.name.value)) throw new Error(`${file}: expected one fragment ${node.name.value} in the folder, got two`);
    fragments.set(node.name.value, node);
  }
  const byName = new Map<string, GraphqlDocument>();
  for (const { node, file } of definitions) {
    if (node.kind !== Kind.OPERATION_DEFINITION) continue;
    const name = node.name?.value ?? '';
    if (name === '' || byName.has(name))
      throw new Error(`${file}: expected an operation with a name of its own, got ${JSON.stringify(name)}`);
    const text = [node, ...fragmentsOf(node, fragments, file)].map(sourceOf).join('\n\n');
    byName.set(name, { name, kind: node.operation, text, file, line: node.loc?.startToken.line ?? 1 });
  }
  const texts = new Set([...byName.values()].map((document) => document.text));
  return {
    documents: [...byName.values()],
    get(name) {
      const document = byName.get(name);
      if (!document) throw new Error(`document ${name}: expected one of ${[...byName.keys()].join(', ') || 'none'}, got none of them`);
      return document;
    },
    has: (text) => texts.has(text),
  };
}

function readDefinitions(file: string): { readonly node: DefinitionNode; readonly file: string }[] {
  try {
    return parse(new Source(readFileSync(file, 'utf8'), file)).definitions.map((node) => ({ node, file }));
  } catch (cause) {
    throw new Error(`${file}: expected a GraphQL document, got ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

/** Fragments that the operation spreads, and those that these spread, each once. */
function fragmentsOf(
  operation: DefinitionNode,
  all: ReadonlyMap<string, FragmentDefinitionNode>,
  file: string,
): readonly FragmentDefinitionNode[] {
  const found = new Set<FragmentDefinitionNode>();
  const follow = (node: DefinitionNode) => {
    visit(node, {
      FragmentSpread({ name }) {
        const fragment = all.get(name.value);
        if (!fragment) throw new Error(`${file}: expected a fragment ${name.value} in the folder, got none`);
        if (found.has(fragment)) return;
        found.add(fragment);
        follow(fragment);
      },
    });
  };
  follow(operation);
  return [...found];
}

function sourceOf({ loc }: DefinitionNode): string {
  return loc === undefined ? '' : loc.source.body.slice(loc.start, loc.end);
}
