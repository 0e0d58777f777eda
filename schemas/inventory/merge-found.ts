/** Brings together what the files of a tree hold: a document defined in one and passed in another is one, a piece of another's document is none. */
import type { Found, FoundDocument, TypenameComparison, Unresolved } from './found.ts';
import { eachOnce } from './same-value.ts';
import type { Place } from './source-file.ts';

const keyOf = ({ file, line, column }: Place): string => `${file}:${line}:${column}`;

/** One answer for many files; documents and the rest in the order of their places. */
export function mergeFound(founds: readonly Found[]): Found {
  const pieces = new Map<string, Place>();
  const completed = new Map<string, Place>();
  for (const found of founds) {
    for (const place of found.pieces ?? []) pieces.set(keyOf(place), place);
    for (const place of found.completed ?? []) completed.set(keyOf(place), place);
  }
  const documents = new Map<string, FoundDocument>();
  const unresolved = new Map<string, Unresolved>();
  const comparisons = new Map<string, TypenameComparison>();
  for (const found of founds) {
    for (const document of found.documents) {
      const key = `${keyOf(document.place)}\0${document.text}`;
      const before = documents.get(key);
      const both = {
        variables: eachOnce([...(before?.variables ?? []), ...document.variables]),
        passed: before?.passed === true || document.passed !== false,
      };
      documents.set(key, { ...(before ?? document), ...both });
    }
    for (const one of found.unresolved) unresolved.set(`${keyOf(one.place)} ${one.reason} ${one.name}`, one);
    for (const one of found.comparisons) comparisons.set(`${keyOf(one.place)} ${one.typeName}`, one);
  }
  const whole = [...documents.values()].filter((document) => document.passed === true || !pieces.has(keyOf(document.place)));
  const settled = ({ place, reason }: Unresolved): boolean =>
    (reason === 'parameter' && completed.has(keyOf(place))) || (reason === 'format' && pieces.has(keyOf(place)));
  return {
    documents: numbered(whole),
    unresolved: [...unresolved.values()].filter((one) => !settled(one)).sort(byPlace),
    comparisons: [...comparisons.values()].sort(byPlace),
    pieces: [...pieces.values()],
    completed: [...completed.values()],
  };
}

/** Texts of one place are numbered as its variants, from 1; the only one keeps what it has, since its others may be unresolved. */
function numbered(documents: readonly FoundDocument[]): readonly FoundDocument[] {
  const places = Map.groupBy(documents, ({ place }) => keyOf(place));
  return [...places.values()]
    .flatMap((same) => same.map((document, index) => ({ ...document, variant: same.length === 1 ? document.variant : index + 1 })))
    .sort(byPlace);
}

/** By file, line and column. */
export function byPlace(one: { readonly place: Place }, other: { readonly place: Place }): number {
  const [a, b] = [one.place, other.place];
  return a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line || a.column - b.column;
}
