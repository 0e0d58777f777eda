/** Who uses what of a schema: coordinate → the operations of a source tree that touch it, each with where it does. */
import type { FragmentDefinitionNode, OperationDefinitionNode } from 'graphql';
import type { Contract } from '../contract.ts';
import type { FoundDocument, SeenVariables } from '../inventory/found.ts';
import type { Place } from '../inventory/source-file.ts';
import { originOf } from '../inventory/text-value.ts';
import { type Parsed, parseDocument } from '../prepared-document.ts';
import { seenTouches } from './seen-touches.ts';
import { spreadsOf, type TouchKind, touchesOf, touchesOfAny, variablesOf } from './touch-definition.ts';

/** One touch of a coordinate, in the program's own file. */
export interface Use {
  readonly kind: TouchKind;
  readonly coordinate: string;
  /** Name of the operation, or of the definition around it where it has none. */
  readonly operation: string;
  readonly place: Place;
}

export interface UsageMap {
  /** Uses of the coordinate, each place once, in the order of the documents. */
  of(coordinate: string): readonly Use[];
  /** The documents that hold an operation, or that cannot be parsed. */
  readonly sent: readonly Sent[];
  /** Every coordinate that is used. */
  readonly coordinates: ReadonlySet<string>;
}

/** A document with its parse. */
export interface Sent {
  readonly found: FoundDocument;
  readonly parsed: Parsed;
  /** Its text with the fragments that it spreads from elsewhere, as it is judged and sent. */
  readonly whole: string;
}

/** The documents, each with the fragments that it needs from others. */
export function wholeDocuments(documents: readonly FoundDocument[]): readonly Sent[] {
  const bare = documents.map((found): Sent => ({ found, parsed: parseDocument(found.text), whole: found.text }));
  const fragments = indexFragments(bare);
  return bare.map((one) => ({ ...one, whole: wholeText(one, fragments) }));
}

/** The usage of all documents. Fragments are taken from the document itself, else from its file, else from the tree. */
export function usageOf(contract: Contract, documents: readonly FoundDocument[]): UsageMap {
  const sent = wholeDocuments(documents);
  const fragments = indexFragments(sent);
  const uses = new Map<string, Map<string, Use>>();
  const add = (use: Use) => {
    const known = uses.get(use.coordinate) ?? new Map<string, Use>();
    uses.set(use.coordinate, known);
    const key = `${use.operation} ${use.place.file}:${use.place.line}:${use.place.column}`;
    if (!known.has(key)) known.set(key, use);
  };
  const walk = (one: Sent, definition: OperationDefinitionNode | FragmentDefinitionNode, operation: string) => {
    for (const { kind, coordinate, at } of touchesOf(
      contract.schema,
      definition,
      (name) => fragmentNamed(name, one, fragments)?.fragment.typeCondition.name.value ?? null,
    )) {
      add({ kind, coordinate, operation, place: placeIn(one.found, at) });
    }
  };
  for (const one of sent) {
    for (const node of one.parsed.operations) {
      const operation = node.name?.value ?? one.found.name;
      walk(one, node, operation);
      for (const { from, fragment } of reached(one, node, fragments)) walk(from, fragment, operation);
      for (const use of variableUses(contract, one, node, operation)) add(use);
    }
  }
  return {
    sent: sent.filter(({ parsed }) => parsed.document === null || parsed.operations.length > 0),
    of: (coordinate) => [...(uses.get(coordinate)?.values() ?? [])],
    coordinates: new Set(uses.keys()),
  };
}

/** Where an offset of a document's text stands in the program. */
export function placeIn(found: FoundDocument, at: number): Place {
  const origin = originOf(found.runs, at);
  return origin ? origin.file.placeOf(origin.at) : found.place;
}

interface FragmentOf {
  readonly from: Sent;
  readonly fragment: FragmentDefinitionNode;
}

function indexFragments(sent: readonly Sent[]): ReadonlyMap<string, readonly FragmentOf[]> {
  const index = new Map<string, FragmentOf[]>();
  for (const from of sent) {
    for (const [name, fragment] of from.parsed.fragments) index.set(name, [...(index.get(name) ?? []), { from, fragment }]);
  }
  return index;
}

/** The fragment that a document means: its own, else one of its file, else any in the tree. */
function fragmentNamed(name: string, one: Sent, index: ReadonlyMap<string, readonly FragmentOf[]>): FragmentOf | null {
  const own = one.parsed.fragments.get(name);
  if (own !== undefined) return { from: one, fragment: own };
  const all = index.get(name) ?? [];
  return all.find(({ from }) => from.found.place.file === one.found.place.file) ?? all[0] ?? null;
}

/** Fragments that the operation spreads, and those that they spread. */
function reached(one: Sent, operation: OperationDefinitionNode, index: ReadonlyMap<string, readonly FragmentOf[]>): readonly FragmentOf[] {
  const found = new Map<string, FragmentOf>();
  const names = [...spreadsOf(operation)];
  // The list grows while it is walked: a fragment may spread another.
  for (const name of names) {
    if (found.has(name)) continue;
    const fragment = fragmentNamed(name, one, index);
    if (fragment === null) continue;
    found.set(name, fragment);
    names.push(...spreadsOf(fragment.fragment));
  }
  return [...found.values()];
}

function wholeText(one: Sent, index: ReadonlyMap<string, readonly FragmentOf[]>): string {
  const foreign = new Set<string>();
  for (const operation of one.parsed.operations) {
    for (const { from, fragment } of reached(one, operation, index)) {
      if (from.found !== one.found) foreign.add(from.found.text.slice(fragment.loc?.start, fragment.loc?.end));
    }
  }
  return [one.found.text, ...foreign].join('\n');
}

/** What the variables bring: what the program was seen to pass, else anything that their types can hold. */
function variableUses(contract: Contract, { found }: Sent, node: OperationDefinitionNode, operation: string): readonly Use[] {
  const seen = found.variables.filter(({ operationName }) => operationName === null || operationName === node.name?.value);
  return variablesOf(contract.schema, node).flatMap((variable): readonly Use[] => {
    const values = seen.map((one) => valuesOf(one, variable.name));
    if (values.length === 0 || values.includes(null))
      return touchesOfAny(variable.type, variable.at).map((touch) => ({ ...touch, operation, place: placeIn(found, touch.at) }));
    return values.flatMap((members) =>
      (members ?? []).flatMap((value) =>
        seenTouches(value, variable.type).map(({ file, at, ...touch }) => ({ ...touch, operation, place: file.placeOf(at) })),
      ),
    );
  });
}

/** Values that a variable is given; none when it is left out, null when that is not known. */
function valuesOf({ value }: SeenVariables, name: string): readonly SeenVariables['value'][] | null {
  if (value.kind === 'choice') {
    const all = value.of.map((one) => valuesOf({ value: one, operationName: null }, name));
    return all.includes(null) ? null : all.flatMap((one) => one ?? []);
  }
  if (value.kind === 'scalar') return [];
  if (value.kind !== 'record') return null;
  const given = value.members.filter((member) => member.name === name);
  return given.length === 0 && value.open ? null : given.map((member) => member.value);
}
