/** Fragments of a whole tree by name: documents spread what stands in other files, as bundlers and code generators allow. */
import { type ASTNode, Kind, print, visit } from 'graphql';
import type { FoundDocument } from '../inventory/found.ts';
import { originOf } from '../inventory/text-value.ts';
import { type Parsed, parseOnce } from '../prepared-document.ts';

export interface FragmentInTree {
  readonly found: FoundDocument;
  /** Where the fragment stands in the document's text. */
  readonly start: number;
  readonly end: number;
  readonly spreads: readonly string[];
}

export interface FragmentIndex {
  /** The fragment that a document means by the name: that of its own file, else of the nearest folder around it. Null when there is none, or they differ there. */
  find(name: string, from: FoundDocument): FragmentInTree | null;
  /** Where fragments of the name stand, `file:line`. */
  placesOf(name: string): readonly string[];
  /** The document's parse, if it was kept: each is given once, and then let go. */
  takeParsed(document: FoundDocument): Parsed | null;
  /** Whether a document other than this one spreads the name. */
  isSpreadOutside(name: string, from: FoundDocument): boolean;
}

/** Text without it spreads no fragment by name, and defines none: most need no parse to know. */
const MAY_HAVE_FRAGMENTS = /\bfragment\b|\.\.\.[\s,\uFEFF]*(?:#|(?!on\b)[A-Za-z_])/;

/** Names of the fragments that a node of the text spreads, each once, in the order of the text. */
export function spreadsOf(node: ASTNode, text: string): readonly string[] {
  if (!MAY_HAVE_FRAGMENTS.test(text)) return [];
  const names = new Set<string>();
  visit(node, { FragmentSpread: ({ name }) => void names.add(name.value) });
  return [...names];
}

/** Most parses that an index keeps until they are taken. */
const MOST_KEPT = 1_000;

/** The index of all documents of a tree. It keeps few parses, since trees are large. */
export function indexFragments(documents: readonly FoundDocument[]): FragmentIndex {
  const byName = new Map<string, FragmentInTree[]>();
  const kept = new Map<FoundDocument, Parsed>();
  const spreadBy = new Map<string, Set<FoundDocument>>();
  for (const found of documents) {
    if (!MAY_HAVE_FRAGMENTS.test(found.text)) continue;
    const parsed = parseOnce(found.text);
    if (kept.size < MOST_KEPT) kept.set(found, parsed);
    const { document } = parsed;
    if (!document) continue;
    for (const name of spreadsOf(document, found.text)) obtain(spreadBy, name, () => new Set()).add(found);
    for (const node of document.definitions) {
      if (node.kind !== Kind.FRAGMENT_DEFINITION || !node.loc) continue;
      const { start, end } = node.loc;
      obtain(byName, node.name.value, () => []).push({ found, start, end, spreads: spreadsOf(node, found.text) });
    }
  }
  return {
    find(name, from) {
      const all = byName.get(name) ?? [];
      for (const around of surroundings(from.place.file)) {
        const near = all.filter(({ found }) => isIn(found.place.file, around));
        const [first] = near;
        if (first) return near.every((one) => saysTheSame(one, first)) ? first : null;
      }
      return null;
    },
    placesOf: (name) =>
      (byName.get(name) ?? []).map(({ found, start }) => {
        const origin = originOf(found.runs, start);
        const { file, line } = origin ? origin.file.placeOf(origin.at) : found.place;
        return `${file}:${line}`;
      }),
    takeParsed(document) {
      const parsed = kept.get(document) ?? null;
      kept.delete(document);
      return parsed;
    },
    isSpreadOutside: (name, from) => [...(spreadBy.get(name) ?? [])].some((found) => found !== from),
  };
}

/** Whether two fragments differ in their layout at most. Asked of those that share a name: the others are never printed. */
function saysTheSame(one: FragmentInTree, other: FragmentInTree): boolean {
  return textOf(one) === textOf(other) || meaningOf(one) === meaningOf(other);
}

const textOf = ({ found, start, end }: FragmentInTree): string => found.text.slice(start, end);

const meanings = new WeakMap<FragmentInTree, string>();

function meaningOf(fragment: FragmentInTree): string {
  const known = meanings.get(fragment);
  if (known !== undefined) return known;
  const { document } = parseOnce(textOf(fragment));
  const meaning = document === null ? textOf(fragment) : print(document);
  meanings.set(fragment, meaning);
  return meaning;
}

/** The file, and the folders around it, the nearest first; '' is everything. */
function surroundings(file: string): readonly string[] {
  const around = [file];
  for (let end = file.lastIndexOf('/'); end > 0; end = file.lastIndexOf('/', end - 1)) around.push(file.slice(0, end));
  return [...around, ''];
}

const isIn = (file: string, around: string): boolean => around === '' || file === around || file.startsWith(`${around}/`);

function obtain<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
