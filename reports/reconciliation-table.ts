/** What a run sent beside what stands in our sources. */
import type { JudgedCase } from './result.ts';
import { oneLine, renderTable, type TextOptions } from './text-table.ts';

/** A document that some case sent. */
export interface DocumentOfRun {
  readonly key: string;
  /** Its name, or `anonymous` and its beginning. */
  readonly operation: string;
  readonly count: number;
  /** Id of the first case that sent it. */
  readonly note: string;
}

export interface ReconciledRun {
  /** Operations in source. */
  readonly operations: number;
  readonly unsourced: readonly DocumentOfRun[];
  readonly unsent: readonly {
    readonly operation: string;
    readonly place: { readonly file: string; readonly line: number; readonly column: number };
  }[];
}

/** Every document that the cases sent, each once. */
export function documentsOf(judged: readonly Pick<JudgedCase, 'id' | 'result'>[]): readonly DocumentOfRun[] {
  const sent = new Map<string, DocumentOfRun>();
  for (const { id, result } of judged) {
    for (const [entry, times] of Object.entries(result?.documents ?? {})) {
      const [name = '', key = '', ...beginning] = entry.split(' ');
      const known = sent.get(key) ?? { key, operation: [name, ...beginning].join(' '), count: 0, note: id };
      sent.set(key, { ...known, count: known.count + times });
    }
  }
  return [...sent.values()];
}

/** Columns that an example may take. */
const COLUMNS = 60;

/** What stands in no source by the scenario that first sent it, and the list of what was never sent. Ends in a newline. */
export function renderReconciliation({ operations, unsourced, unsent }: ReconciledRun, options: TextOptions): string {
  const scenarios = Map.groupBy(unsourced, ({ note }) => note.split('/').slice(0, 2).join('/'));
  const rows = [...scenarios].map(([scenario, documents]) => [
    scenario,
    String(documents.length),
    String(documents.reduce((sum, { count }) => sum + count, 0)),
    oneLine(documents[0]?.operation ?? '', COLUMNS),
  ]);
  return [
    ...(rows.length === 0
      ? []
      : [...renderTable(['sent, but in no .graphql file of a backend', 'documents', 'times', 'one of them'], rows.sort(), options), '']),
    `${operations - unsent.length} of ${operations} operations in .graphql files of the backends were sent${unsent.length === 0 ? '' : '; never sent:'}`,
    ...unsent.map(({ operation, place }) => `  ${place.file}:${place.line}:${place.column}  ${operation}`),
    '',
  ].join('\n');
}
