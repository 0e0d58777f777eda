/** The verdicts of a finished run: its store joined with its plan and the known differences. */
import { join } from 'node:path';
import { isAbout } from '../../reports/apply-known-differences.ts';
import { readKnownDifferences } from '../../reports/known-differences.ts';
import { mergeStores } from '../../reports/merge-stores.ts';
import type { JudgedCase, RunRecord } from '../../reports/result.ts';
import { judge, unreadableCase } from '../../reports/verdicts.ts';
import { root } from '../case/suite-files.ts';

export interface JudgedRun {
  readonly record: RunRecord;
  readonly judged: readonly JudgedCase[];
  /** Lines of the store that could not be read: `file:line: what`. */
  readonly troubles: readonly string[];
}

const KNOWN_DIFFERENCES = join(root, 'suites/parity/known-differences');

/** Reads one store, or the shards of one run, and judges it as of today. Throws StoreError and KnownDifferencesError. */
export function judgeRun(stores: readonly string[], today: Date = new Date()): JudgedRun {
  const { record, lines, troubles, halves } = mergeStores(stores);
  const judged = judge(record, lines, readKnownDifferences(KNOWN_DIFFERENCES), today.toISOString().slice(0, 10));
  const lost = troubles.filter((trouble) => !halves.includes(trouble));
  return { record, judged: lost.length === 0 ? judged : [...judged, unreadableCase(lost)], troubles };
}

/**
 * What has to be asked again of a run: ids of its cases that failed, broke or did not run, and of those that a known difference is about that
 * is wrong itself, since it is judged by them alone.
 */
export function wrongIds({ record, judged }: JudgedRun, entries = readKnownDifferences(KNOWN_DIFFERENCES)): ReadonlySet<string> {
  const wrong = new Set(judged.filter(({ verdict }) => ['failed', 'broken', 'not-run'].includes(verdict)).map(({ id }) => id));
  const wrongEntries = entries.filter(({ id }) => wrong.has(id));
  const about = judged.filter((one) => wrongEntries.some((entry) => isAbout(entry, one, record.subjects)));
  const planned = new Set(record.plan.map(({ id }) => id));
  return new Set([...[...wrong].filter((id) => planned.has(id)), ...about.map(({ id }) => id)]);
}
