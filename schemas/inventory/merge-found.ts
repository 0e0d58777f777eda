/** Puts together what was found in the files of a tree. */
import type { Found, FoundDocument, TypenameComparison, Unresolved } from './found.ts';
import { eachOnce } from './same-value.ts';
import type { Place } from './source-file.ts';

const keyOf = ({ file, line, column }: Place): string => `${file}:${line}:${column}`;

/**
 * Everything that was found, each document once with the variables of all its callers: a document that one file makes and another sends is found in
 * both. What is accounted for in another file is left out. In the order of files and places.
 */
export function mergeFound(all: Iterable<Found>): Found {
  const documents = new Map<string, FoundDocument>();
  const unresolved = new Map<string, Unresolved>();
  const comparisons = new Map<string, TypenameComparison>();
  const accounted = new Set<string>();
  for (const found of all) {
    for (const document of found.documents) {
      const key = `${keyOf(document.place)} ${document.variant ?? ''} ${document.text}`;
      const earlier = documents.get(key);
      documents.set(key, earlier === undefined ? document : bothOf(earlier, document));
    }
    for (const one of found.unresolved) unresolved.set(`${keyOf(one.place)} ${one.reason} ${one.name}`, one);
    for (const one of found.comparisons) comparisons.set(`${keyOf(one.place)} ${one.typeName}`, one);
    for (const place of found.accounted ?? []) accounted.add(keyOf(place));
  }
  return {
    documents: [...documents.values()].filter((one) => one.byShape !== true || !accounted.has(keyOf(one.place))).sort(byPlace),
    unresolved: [...unresolved.values()].filter((one) => one.reason !== 'parameter' || !accounted.has(keyOf(one.place))).sort(byPlace),
    comparisons: [...comparisons.values()].sort(byPlace),
  };
}

function bothOf(a: FoundDocument, b: FoundDocument): FoundDocument {
  const { byShape: _, ...certain } = a;
  const variables = eachOnce([...a.variables, ...b.variables]);
  return { ...(a.byShape && b.byShape ? a : certain), variables };
}

function byPlace(a: { readonly place: Place }, b: { readonly place: Place }): number {
  if (a.place.file !== b.place.file) return a.place.file < b.place.file ? -1 : 1;
  return a.place.line - b.place.line || a.place.column - b.place.column;
}
