/** Fragments of a whole tree by name: documents spread what stands in other files, as bundlers and code generators allow. */
import { type FragmentDefinitionNode, Kind, print, visit } from 'graphql';
import type { FoundDocument } from '../inventory/found.ts';
import { originOf } from '../inventory/text-value.ts';
import type { Parsed } from '../prepared-document.ts';

/** A document with its parse. */
export interface ParsedDocument {
  readonly found: FoundDocument;
  readonly parsed: Parsed;
}

export interface FragmentInTree {
  readonly document: ParsedDocument;
  readonly node: FragmentDefinitionNode;
  /** The same for two fragments that say the same. */
  readonly meaning: string;
}

export interface FragmentIndex {
  /** The fragment that a document means by the name: that of its own file, else of the nearest folder around it. Null when there is none, or they differ there. */
  find(name: string, from: FoundDocument): FragmentInTree | null;
  /** Where fragments of the name stand, `file:line`. */
  placesOf(name: string): readonly string[];
  /** Whether a document other than this one spreads the name. */
  isSpreadOutside(name: string, from: FoundDocument): boolean;
}

/** Names of the fragments that a node spreads, each once, in the order of the text. */
export function spreadsOf(node: Parameters<typeof visit>[0]): readonly string[] {
  const names = new Set<string>();
  visit(node, { FragmentSpread: ({ name }) => void names.add(name.value) });
  return [...names];
}

/** The index of all documents of a tree. */
export function indexFragments(documents: readonly ParsedDocument[]): FragmentIndex {
  const byName = new Map<string, FragmentInTree[]>();
  const spreadBy = new Map<string, Set<FoundDocument>>();
  for (const document of documents) {
    const { parsed, found } = document;
    if (!parsed.document) continue;
    for (const name of spreadsOf(parsed.document)) obtain(spreadBy, name, () => new Set()).add(found);
    for (const node of parsed.document.definitions) {
      if (node.kind === Kind.FRAGMENT_DEFINITION) obtain(byName, node.name.value, () => []).push({ document, node, meaning: print(node) });
    }
  }
  return {
    find(name, from) {
      const all = byName.get(name) ?? [];
      for (const around of surroundings(from.place.file)) {
        const near = all.filter(({ document }) => isIn(document.found.place.file, around));
        const [first] = near;
        if (first) return near.every((one) => one.meaning === first.meaning) ? first : null;
      }
      return null;
    },
    placesOf: (name) =>
      (byName.get(name) ?? []).map(({ document, node }) => {
        const origin = originOf(document.found.runs, node.loc?.start ?? 0);
        const { file, line } = origin ? origin.file.placeOf(origin.at) : document.found.place;
        return `${file}:${line}`;
      }),
    isSpreadOutside: (name, from) => [...(spreadBy.get(name) ?? [])].some((document) => document !== from),
  };
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
