/** What the cases of a run made the system do: operations by outcome class, and root fields of the schema by kind of answer. */
import type { JudgedCase } from './result.ts';
import { renderTable, type TextOptions } from './text-table.ts';

type Ran = Pick<JudgedCase, 'operations' | 'result'>;
type Counts = Map<string, Map<string, number>>;

/** Operation → outcome class → how often it was observed; an operation that a case was planned for and nobody observed has no class. */
export function countOutcomes(judged: readonly Ran[]): ReadonlyMap<string, ReadonlyMap<string, number>> {
  const counts: Counts = new Map();
  for (const { operations, result } of judged) {
    for (const operation of operations) row(counts, operation);
    for (const [operation, classes] of Object.entries(result?.observed ?? {})) {
      for (const [name, times] of Object.entries(classes)) add(row(counts, operation), name, times);
    }
  }
  return counts;
}

/** Root field (`Query.package`) → the outcomes that it can have: `value`, `typed-failure`, `refused`. */
export type PossibleOutcomes = ReadonlyMap<string, readonly string[]>;

/** Root field → outcome → how often. `fields` are those that have to be there, asked or not. */
export function countRootFields(
  judged: readonly Pick<Ran, 'result'>[],
  fields: Iterable<string> = [],
): ReadonlyMap<string, ReadonlyMap<string, number>> {
  const counts: Counts = new Map();
  for (const field of fields) row(counts, field);
  for (const { result } of judged) {
    for (const [key, times] of Object.entries(result?.rootFields ?? {})) {
      const space = key.lastIndexOf(' ');
      add(row(counts, key.slice(0, space)), key.slice(space + 1), times);
    }
  }
  return counts;
}

/** The table of operations by outcome class, `value` first; the last line says how many were never observed. */
export function renderOutcomes(judged: readonly Ran[], options: TextOptions): string {
  return render('operation', countOutcomes(judged), ['value'], options);
}

/** `Query.package refused` for each outcome that a root field can have and that no case observed, in the order of the schema. */
export function unobservedOutcomes(judged: readonly Pick<Ran, 'result'>[], possible: PossibleOutcomes): readonly string[] {
  const counts = countRootFields(judged, possible.keys());
  return [...possible].flatMap(([field, outcomes]) =>
    outcomes.filter((outcome) => counts.get(field)?.has(outcome) !== true).map((outcome) => `${field} ${outcome}`),
  );
}

/** The table of root fields by kind of answer; the last lines say which were never asked, and which outcomes never observed. */
export function renderRootFields(judged: readonly Pick<Ran, 'result'>[], possible: PossibleOutcomes, options: TextOptions): string {
  const table = render('root field', countRootFields(judged, possible.keys()), ['value', 'typed-failure', 'refused'], options);
  const all = [...possible.values()].flat().length;
  const unobserved = unobservedOutcomes(judged, possible);
  const missing = unobserved.length === 0 ? '' : `: ${unobserved.join(', ')}`;
  return `${table}${unobserved.length} of ${all} possible outcomes never observed${missing}\n`;
}

function render(
  what: string,
  counts: ReadonlyMap<string, ReadonlyMap<string, number>>,
  first: readonly string[],
  options: TextOptions,
): string {
  const seen = new Set([...counts.values()].flatMap((classes) => [...classes.keys()]));
  const columns = [...first, ...[...seen].filter((name) => !first.includes(name)).sort()];
  const names = [...counts.keys()].sort();
  const rows = names.map((name) => [name, ...columns.map((column) => String(counts.get(name)?.get(column) ?? ''))]);
  const never = names.filter((name) => counts.get(name)?.size === 0);
  const missing = never.length === 0 ? '' : `: ${never.join(', ')}`;
  return [...renderTable([what, ...columns], rows, options), `${never.length} of ${names.length} never observed${missing}`, ''].join('\n');
}

function row(counts: Counts, name: string): Map<string, number> {
  const known = counts.get(name);
  if (known !== undefined) return known;
  const made = new Map<string, number>();
  counts.set(name, made);
  return made;
}

function add(classes: Map<string, number>, name: string, times: number): void {
  classes.set(name, (classes.get(name) ?? 0) + times);
}
