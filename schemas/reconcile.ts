/** What goes over the wire beside what stands in source: documents that nobody wrote down, and operations that nobody sends. */
import { createHash } from 'node:crypto';
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  print,
  type SelectionSetNode,
  visit,
} from 'graphql';
import type { FoundDocument } from './inventory/found.ts';
import type { Place } from './inventory/source-file.ts';
import { BoundedMap, operationNamed, parseDocument } from './prepared-document.ts';
import { spreadsOf } from './usage/touch-definition.ts';
import { placeIn, wholeDocuments } from './usage/usage-map.ts';

/** A document that was sent, so often. */
export interface SentDocument {
  /** As `documentKey` has it. */
  readonly key: string;
  readonly operation: string;
  readonly count: number;
  /** Where it was first seen, or its beginning: for people. */
  readonly note: string;
}

export interface Reconciliation {
  /** Operations that stand in source. */
  readonly operations: number;
  /** Sent, but in no source; the most frequent first. */
  readonly unsourced: readonly SentDocument[];
  /** In source, but never sent; in the order of the sources. */
  readonly unsent: readonly { readonly operation: string; readonly place: Place }[];
}

/** Holds what was sent against what was found. */
export function reconcile(found: readonly FoundDocument[], sent: readonly SentDocument[]): Reconciliation {
  const sources = wholeDocuments(found).flatMap((one) =>
    one.parsed.operations.map((node) => ({
      key: documentKey(one.whole, node.name?.value ?? null),
      operation: node.name?.value ?? one.found.name,
      place: placeIn(one.found, node.loc?.start ?? 0),
    })),
  );
  const known = new Set(sources.map(({ key }) => key));
  const seen = new Set(sent.map(({ key }) => key));
  return {
    operations: sources.length,
    unsourced: sent.filter(({ key }) => !known.has(key)).sort((a, b) => b.count - a.count || (a.operation < b.operation ? -1 : 1)),
    unsent: sources.filter(({ key }) => !seen.has(key)).map(({ operation, place }) => ({ operation, place })),
  };
}

const keys = new BoundedMap<string, string>(2000);

/**
 * Twelve digits that are the same for two texts which ask the same operation in the same words: layout, comments, the order of definitions, of
 * variables and of selections, other operations beside it and `__typename` (clients add it) change nothing.
 */
export function documentKey(text: string, operationName: string | null): string {
  return keys.obtain(`${operationName ?? ''}\n${text}`, () =>
    createHash('sha256').update(normalised(text, operationName)).digest('hex').slice(0, 12),
  );
}

/** The normal form; of what cannot be parsed, or of an operation that is not there, the text. */
function normalised(text: string, operationName: string | null): string {
  const parsed = parseDocument(text);
  const operation = operationNamed(parsed, operationName);
  if (operation === null) return text.trim();
  const definitions: (OperationDefinitionNode | FragmentDefinitionNode)[] = [operation];
  const names = new Set(spreadsOf(operation));
  // The set grows while it is walked: a fragment may spread another.
  for (const name of names) {
    const fragment = parsed.fragments.get(name);
    if (fragment === undefined) continue;
    definitions.push(fragment);
    for (const more of spreadsOf(fragment)) names.add(more);
  }
  const [first, ...fragments] = definitions.map((node) => print(sorted(node)));
  return [first, ...fragments.sort()].join('\n');
}

function sorted<T extends OperationDefinitionNode | FragmentDefinitionNode | DocumentNode>(node: T): T {
  const byText = <N extends Parameters<typeof print>[0]>(nodes: readonly N[] | undefined) =>
    nodes && [...nodes].sort((a, b) => (print(a) < print(b) ? -1 : 1));
  return visit(node, {
    // Inner ones first, so that the outer are sorted by what they have become.
    SelectionSet: { leave: (set) => ({ ...set, selections: byText(withoutTypename(set)) ?? [] }) },
    Field: { leave: (field) => ({ ...field, arguments: byText(field.arguments) }) },
    OperationDefinition: { leave: (operation) => ({ ...operation, variableDefinitions: byText(operation.variableDefinitions) }) },
  });
}

function withoutTypename(set: SelectionSetNode): SelectionSetNode['selections'] {
  const others = set.selections.filter((node) => !(node.kind === Kind.FIELD && node.name.value === '__typename' && !node.alias));
  return others.length === 0 ? set.selections : others;
}
