/** Two catalogues held against each other: exactly, or as the app sees them, for whom names and order mean nothing. */
import type { Catalogue, CatalogueEntry } from './catalogue.ts';

/** One thing in which two catalogues differ. */
export interface CatalogueDifference {
  readonly entry: Pick<CatalogueEntry, 'kind' | 'name' | 'table'>;
  /** Fact that differs; null where the whole object is in one of them alone. */
  readonly fact: string | null;
  readonly expected: string;
  readonly got: string;
}

/** Every difference, to the last name, but for what concerns the tables left out and what stands on them. */
export function compareExactly(expected: Catalogue, got: Catalogue, leftOut: readonly string[] = []): readonly CatalogueDifference[] {
  const concerns = ({ name, table, facts }: CatalogueEntry) =>
    !leftOut.some((out) => name === out || table === out || (facts['owned by'] ?? '').startsWith(`${out}.`));
  const differences: CatalogueDifference[] = [];
  for (const [key, entry] of expected) {
    if (!concerns(entry)) continue;
    const other = got.get(key);
    if (other === undefined) {
      // With its table all of it is gone, which one line says.
      if (entry.table === null || entry.kind === 'table' || got.has(`table ${entry.table}`))
        differences.push({ entry, fact: null, expected: 'to be there', got: 'none' });
      continue;
    }
    for (const fact of new Set([...Object.keys(entry.facts), ...Object.keys(other.facts)]))
      if (entry.facts[fact] !== other.facts[fact])
        differences.push({ entry, fact, expected: entry.facts[fact] ?? 'none', got: other.facts[fact] ?? 'none' });
  }
  for (const [key, entry] of got) {
    if (expected.has(key) || !concerns(entry)) continue;
    if (entry.table === null || entry.kind === 'table' || expected.has(`table ${entry.table}`))
      differences.push({ entry, fact: null, expected: 'none', got: entry.facts['definition'] ?? entry.facts['type'] ?? 'one' });
  }
  return differences;
}

/** `column public.users.email type: expected text, got integer`. */
export function differenceText({ entry, fact, expected, got }: CatalogueDifference): string {
  return `${entry.kind} ${entry.name}${fact === null ? '' : ` ${fact}`}: expected ${expected}, got ${got}`;
}

/** The first few of what differs, and how many more there are: a message is read by a person. */
export function fewOf(texts: readonly string[], same: string): string {
  if (texts.length === 0) return same;
  const more = texts.length - MOST_TOLD;
  return `${texts.slice(0, MOST_TOLD).join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
}

const MOST_TOLD = 3;
