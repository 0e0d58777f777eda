/** Verdicts are the plan joined with the store (design decision 1); nothing that the host of the cases says counts. Pure. */
import { coverOf, isAbout, isCurrent, wrongsOf, wrongsOfEntry } from './apply-known-differences.ts';
import type { CaseResult, JudgedCase, KnownDifference, PlannedCase, RunRecord, StoreLine, Verdict } from './result.ts';

/** A verdict before the known differences are asked. */
type Judgement = Pick<JudgedCase, 'verdict' | 'result' | 'message'>;
type Finished = StoreLine & { kind: 'finished' };

/**
 * Every case of the plan with its verdict, in the plan's order; then a broken case for each that finished and was never planned, and a
 * failed one for each known difference that is wrong itself. `today` is `YYYY-MM-DD`.
 */
export function judge(
  record: RunRecord,
  lines: readonly StoreLine[],
  knownDifferences: readonly KnownDifference[],
  today: string,
): readonly JudgedCase[] {
  const byId = Map.groupBy(lines, (line) => line.id);
  const lastOfWorker = new Map(lines.map((line) => [line.worker, line]));
  const planned = Map.groupBy(record.plan, (one) => one.id);
  const candidates = [...planned.values()].flatMap(([one, ...again]) => {
    if (one === undefined) return [];
    if (again.length > 0) return [{ ...one, ...broken(`plan: expected the case once, got it ${again.length + 1} times`), known: [] }];
    return [{ ...one, ...judgeOne(one, byId.get(one.id) ?? [], record, lastOfWorker), known: [] }];
  });
  const unplanned = [...byId].filter(([id]) => !planned.has(id)).map(([id, own]) => unplannedCase(id, own));
  const judged = candidates.map((one) => coverByKnown(one, knownDifferences, record, today));
  const entries = knownDifferences.flatMap((entry) => {
    const about = candidates.filter((one) => isAbout(entry, one, record.subjects));
    const wrongs = wrongsOfEntry(entry, about, today);
    return wrongs.length === 0 ? [] : [entryCase(entry, wrongs)];
  });
  return [...judged, ...unplanned, ...entries];
}

function judgeOne(
  planned: PlannedCase,
  lines: readonly StoreLine[],
  record: RunRecord,
  lastOfWorker: ReadonlyMap<string, StoreLine>,
): Judgement {
  const started = lines.filter((line) => line.kind === 'started');
  const finished = lines.filter((line) => line.kind === 'finished');
  const [last] = finished;
  if (lines.length === 0) {
    if (planned.unsupported !== null) return { verdict: 'unsupported', result: null, message: planned.unsupported };
    return { verdict: 'not-run', result: null, message: whyNotRun(record) };
  }
  if (last === undefined) return broken(unfinished(started, record, lastOfWorker));
  if (finished.length > 1) return broken(`expected to finish once, got ${finished.map(describeLine).join(' and ')}`);
  if (started.length !== 1)
    return broken(
      `expected to start once, got ${started.length === 0 ? 'a result without a start' : started.map(describeLine).join(' and ')}`,
    );
  const [first] = started;
  if (first !== undefined && lines.indexOf(first) > lines.indexOf(last))
    return broken(`expected to start before it finished, got ${describeLine(last)} and then ${describeLine(first)}`);
  if (first !== undefined && (first.worker !== last.worker || first.attempt !== last.attempt))
    return broken(`expected to finish where it started, got ${describeLine(first)} and ${describeLine(last)}`);
  const lie = lieIn(planned, last);
  return lie === null ? believe(last.result) : broken(lie, last.result);
}

function believe(result: CaseResult): Judgement {
  if (result.verdict === 'passed') return { verdict: 'passed', result, message: null };
  const wrongs = wrongsOf(result).map((wrong) => `${wrong.operation} ${wrong.field}: expected ${wrong.expected}, got ${wrong.observed}`);
  const message = result.message ?? (wrongs.length > 0 ? wrongs.join('\n') : 'expected a reason with the verdict, got none');
  return { verdict: result.verdict, result, message };
}

/** What in a result contradicts itself or the plan; such a result tells nothing. */
function lieIn(planned: PlannedCase, { result, id }: Finished): string | null {
  const wrongs = result.differences.length + result.findings.length;
  if (result.id !== id) return `result: expected that of ${id}, got that of ${result.id}`;
  if (planned.unsupported !== null && result.verdict !== 'unsupported') {
    return `planned as unsupported (${planned.unsupported}): expected not to run, got ${result.verdict}`;
  }
  if (result.verdict === 'passed' && wrongs > 0) return `verdict passed: expected no difference and no finding, got ${wrongs}`;
  if (result.verdict === 'expected-failed')
    return 'verdict expected-failed: expected from the known differences alone, got it from a worker';
  const why = result.message?.trim() ?? '';
  if (planned.unsupported === null && result.verdict === 'unsupported')
    return `planned to be asked: expected a verdict, got unsupported (${why})`;
  if (result.verdict === 'unsupported' && why === '') return 'verdict unsupported: expected its reason, got none';
  return null;
}

function coverByKnown(judged: JudgedCase, entries: readonly KnownDifference[], record: RunRecord, today: string): JudgedCase {
  if (judged.verdict !== 'failed' || judged.result === null) return judged;
  const current = entries.filter((entry) => isAbout(entry, judged, record.subjects) && isCurrent(entry, today));
  const known = coverOf(judged.result, current);
  return known === null ? judged : { ...judged, verdict: 'expected-failed', known };
}

function unfinished(started: readonly StoreLine[], record: RunRecord, lastOfWorker: ReadonlyMap<string, StoreLine>): string {
  const own = started.at(-1);
  const last = own === undefined ? undefined : lastOfWorker.get(own.worker);
  const then =
    last === undefined || last === own ? 'its worker wrote nothing after it' : `its worker's last line was ${describeLine(last)}`;
  const trouble = record.trouble === null ? '' : `; the run: ${record.trouble}`;
  return `expected to finish, got ${started.map(describeLine).join(' and ')} as the last line; ${then}${trouble}`;
}

function whyNotRun({ trouble, finishedAt }: RunRecord): string {
  if (trouble !== null) return trouble;
  if (finishedAt === null) return 'expected to start, got a run that was killed, or runs still';
  return 'expected to start, got a run that ended without it: its worker was lost before';
}

function describeLine(line: StoreLine): string {
  const what = line.kind === 'finished' ? `finished (${line.result.verdict})` : 'started';
  return `${what} ${line.id} at ${timeOf(line.at)} in worker ${line.worker}, attempt ${line.attempt}`;
}

/** A liar's `at` may be no time at all. */
function timeOf(at: number): string {
  return Math.abs(at) <= 8.64e15 ? new Date(at).toISOString() : String(at);
}

function broken(message: string, result: CaseResult | null = null): Judgement {
  return { verdict: 'broken', result, message };
}

function unplannedCase(id: string, lines: readonly StoreLine[]): JudgedCase {
  const message = `expected a case of the plan, got ${lines.map(describeLine).join(' and ')}`;
  return { ...ownCase(id, 'run', 'a case that nobody planned'), ...broken(message) };
}

function entryCase(entry: KnownDifference, wrongs: readonly string[]): JudgedCase {
  const title = `${entry.where}: ${entry.reason}`;
  const own = ownCase(entry.id, 'known-differences', title);
  return {
    ...own,
    file: entry.where.replace(/:\d+:\d+$/, ''),
    operations: [entry.operation],
    verdict: 'failed',
    message: wrongs.join('\n'),
  };
}

function ownCase(id: string, suite: string, title: string): JudgedCase {
  const nothing = { tags: [], incidents: [], operations: [], parameters: {}, known: [] };
  const rest = { backend: null, level: 'must', deadlineMs: 0, unsupported: null, verdict: 'broken', result: null, message: null } as const;
  return { id, suite, scenario: suite, title, file: '', ...nothing, ...rest };
}

/** How many cases have each verdict; `planned` is always their sum. */
export type Tally = Readonly<Record<Verdict | 'planned', number>>;

/** Counts the verdicts. */
export function tally(judged: readonly Pick<JudgedCase, 'verdict'>[]): Tally {
  const counts = { planned: judged.length, passed: 0, failed: 0, 'expected-failed': 0, unsupported: 0, broken: 0, 'not-run': 0 };
  for (const { verdict } of judged) counts[verdict] += 1;
  return counts;
}

/** A broken case for the lines of a store that nobody can read: what they said of the others is lost. */
export function unreadableCase(troubles: readonly string[]): JudgedCase {
  return { ...ownCase('store/unreadable-lines', 'run', 'every line of the store can be read'), ...broken(troubles.join('\n')) };
}

/** The exit code of a run, by the design's "The command line": 2 when nothing was selected, asked, or could be told, 1 when something failed. */
export function exitCode(judged: readonly Pick<JudgedCase, 'verdict'>[]): 0 | 1 | 2 {
  const counts = tally(judged);
  // A run in which nothing could be asked says no more than one without any case.
  if (counts.planned === counts.unsupported || counts.broken > 0 || counts['not-run'] > 0) return 2;
  return counts.failed > 0 ? 1 : 0;
}
