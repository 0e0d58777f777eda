/** The summary that a terminal shows after a run: it adds up, and every wrong case comes with the one command that reproduces it. */
import { wrongsOf } from './apply-known-differences.ts';
import type { RunComparison } from './compare-runs.ts';
import type { JudgedCase, KnownDifference, RunRecord, Verdict } from './result.ts';
import { oneLine, type Paint, paint, renderTable, type TextOptions } from './text-table.ts';
import { exitCode, tally } from './verdicts.ts';

export interface SummaryOptions extends TextOptions {
  /** What changed since the previous run of this target; null when there was none. */
  readonly since: RunComparison | null;
  /** The previous run's id, named beside the changes. */
  readonly previousRunId: string | null;
  /** The way to the HTML report; null when there is none. */
  readonly report: string | null;
  /** Lines of a store that could not be read. */
  readonly troubles: readonly string[];
  /** The smallest IAM policy under which the AWS calls of the run are allowed; null or absent where it made none. */
  readonly awsPolicy?: object | null;
  /** Wrong cases shown in full at most; the rest is counted, and stands in the report. */
  readonly most?: number;
}

const ORDER: readonly Verdict[] = ['passed', 'failed', 'expected-failed', 'unsupported', 'broken', 'not-run'];
const COLORS: Readonly<Record<Verdict, Paint>> = {
  passed: 'green',
  failed: 'red',
  'expected-failed': 'yellow',
  unsupported: 'gray',
  broken: 'magenta',
  'not-run': 'magenta',
};
const SHOWN = 50;

/** The whole summary, ending in a newline. */
export function renderSummary(record: RunRecord, judged: readonly JudgedCase[], options: SummaryOptions): string {
  const sections = [
    renderCounts(judged, options),
    renderWrong(judged, options),
    renderUnsupported(judged, options),
    renderKnown(judged, options),
    renderSince(options),
    renderTroubles(record, options),
    renderAws(judged, options),
    renderSum(record, judged, options),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function renderCounts(judged: readonly JudgedCase[], options: SummaryOptions): readonly string[] {
  const groups = Map.groupBy(judged, ({ suite, backend }) => (backend === null ? suite : `${suite} ${backend}`));
  const line = (name: string, cases: readonly JudgedCase[]): readonly string[] => {
    const counts = tally(cases);
    return [name, String(counts.planned), ...ORDER.map((verdict) => String(counts[verdict] || ''))];
  };
  const rows = [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, cases]) => line(name, cases));
  return renderTable(['suite, backend', 'planned', ...ORDER], [...rows, line('all', judged)], options);
}

function renderWrong(judged: readonly JudgedCase[], options: SummaryOptions): readonly string[] {
  const most = options.most ?? SHOWN;
  const wrong = ['failed', 'broken'].flatMap((verdict) => judged.filter((one) => one.verdict === verdict));
  const shown = wrong.slice(0, most).flatMap((one) => renderCase(one, options));
  const rest = wrong.length > most ? [`… and ${wrong.length - most} more, in the report`] : [];
  return [...shown, ...rest, ...renderNotRun(judged, options)];
}

/** A cause that stopped a hundred cases is said once. */
function renderNotRun(judged: readonly JudgedCase[], options: SummaryOptions): readonly string[] {
  const causes = Map.groupBy(
    judged.filter(({ verdict }) => verdict === 'not-run'),
    ({ message }) => message ?? 'no cause',
  );
  return [...causes].map(
    ([cause, { length }]) =>
      `${mark('not-run', options)} ${length} ${length === 1 ? 'case' : 'cases'}: ${oneLine(cause, options.width - 24)}`,
  );
}

function renderCase(one: JudgedCase, options: SummaryOptions): readonly string[] {
  const first = firstLine(one);
  const more = one.result === null ? 0 : wrongsOf(one.result).length - 1;
  const also = more > 0 ? ` (and ${more} more)` : '';
  const command = one.result?.reproduce ?? (one.suite === 'known-differences' ? `edit ${one.file}` : `crosscheck repro ${one.id}`);
  return [
    `${mark(one.verdict, options)} ${one.id}`,
    `  ${oneLine(first, options.width - 2 - also.length)}${also}`,
    `  ${paint('cyan', oneLine(command, Number.POSITIVE_INFINITY), options)}`,
  ];
}

function firstLine({ message, result }: JudgedCase): string {
  const wrong = result === null ? undefined : wrongsOf(result)[0];
  const alone = result?.differences[0]?.alone;
  if (wrong === undefined) return message?.split('\n')[0] ?? '';
  return `${wrong.operation} ${wrong.field}: expected ${wrong.expected}, got ${wrong.observed}${alone ? ` (${alone})` : ''}`;
}

function mark(verdict: Verdict, options: TextOptions): string {
  return paint(COLORS[verdict], verdict.toUpperCase(), options);
}

function renderUnsupported(judged: readonly JudgedCase[], options: SummaryOptions): readonly string[] {
  const reasons = Map.groupBy(
    judged.filter(({ verdict }) => verdict === 'unsupported'),
    ({ message }) => message ?? 'no reason',
  );
  const rows = [...reasons]
    .sort(([, a], [, b]) => b.length - a.length)
    .map(([why, { length }]) => `  ${String(length).padStart(5)}  ${oneLine(why, options.width - 9)}`);
  return rows.length === 0 ? [] : [paint('bold', 'unsupported, by reason', options), ...rows];
}

function renderKnown(judged: readonly JudgedCase[], options: SummaryOptions): readonly string[] {
  const cases = new Map<string, { entry: KnownDifference; count: number }>();
  for (const entry of judged.flatMap(({ known }) => known)) {
    cases.set(entry.id, { entry, count: (cases.get(entry.id)?.count ?? 0) + 1 });
  }
  const rows = [...cases.values()].map(({ entry, count }) => {
    const says = `${entry.id}: ${entry.reason} (${entry.wrong} is wrong; ${entry.owner}, ${entry.issue}, until ${entry.expires})`;
    return `  ${String(count).padStart(5)}  ${oneLine(says, options.width - 9)}`;
  });
  return rows.length === 0 ? [] : [paint('bold', 'known differences that applied, with their cases', options), ...rows];
}

function renderSince({ since, previousRunId, ...options }: SummaryOptions): readonly string[] {
  if (since === null) return ['no previous run of this target to compare with'];
  const count = (kind: keyof RunComparison): string => `${since[kind].length} ${kind}`;
  const head = `since ${previousRunId ?? 'the previous run'}: ${(['new', 'fixed', 'still', 'gone'] as const).map(count).join(', ')}`;
  const list = (kind: 'new' | 'fixed'): readonly string[] => {
    const ids = since[kind].slice(0, SHOWN).map((id) => `  ${kind.padEnd(5)}  ${id}`);
    return since[kind].length > SHOWN ? [...ids, `  … and ${since[kind].length - SHOWN} more ${kind}`] : ids;
  };
  return [paint('bold', head, options), ...list('new'), ...list('fixed')];
}

function renderTroubles({ trouble }: RunRecord, options: SummaryOptions): readonly string[] {
  const all = [...(trouble === null ? [] : [`run: ${trouble}`]), ...options.troubles.map((one) => `store: ${one}`)];
  return all.map((one) => paint('magenta', oneLine(one, options.width), options));
}

function renderAws(judged: readonly JudgedCase[], { awsPolicy = null, ...options }: SummaryOptions): readonly string[] {
  const retries = judged.reduce((sum, { result }) => sum + (result?.retries ?? 0), 0);
  const again = retries === 0 ? [] : [`throttled requests that were sent again: ${retries}`];
  if (awsPolicy === null) return again;
  return [paint('bold', 'IAM policy that allows the AWS calls of this run, and no other', options), JSON.stringify(awsPolicy), ...again];
}

function renderSum({ target, runId, seed }: RunRecord, judged: readonly JudgedCase[], options: SummaryOptions): readonly string[] {
  const counts = tally(judged);
  const parts = ORDER.filter((verdict) => verdict === 'passed' || counts[verdict] > 0).map((verdict) =>
    paint(COLORS[verdict], `${counts[verdict]} ${verdict}`, options),
  );
  const sum = `${counts.planned} planned = ${parts.join(' + ')}`;
  const facts = `${target}, run ${runId}, seed ${seed}, exit ${exitCode(judged)}${judged.length === 0 ? ': nothing was selected' : ''}`;
  return [sum, facts, ...(options.report === null ? [] : [`report: ${options.report}`])];
}
