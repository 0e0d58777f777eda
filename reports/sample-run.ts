/** Made-up runs, for the tests of the reports and for measuring them: small by default, any size on request. */
import type { CaseResult, Difference, JudgedCase, KnownDifference, PlannedCase, RunRecord, StoreLine, Verdict } from './result.ts';

/** A planned case on `quilt3`, but for what `but` says. */
export function samplePlanned(id: string, but: Partial<PlannedCase> = {}): PlannedCase {
  return {
    id,
    suite: id.split('/')[0] ?? id,
    scenario: id.split('/').slice(0, 2).join('/'),
    title: `the story of ${id}`,
    file: `suites/${id.split('/').slice(0, 2).join('/')}.suite.ts`,
    backend: /backend:([^/]+)/.exec(id)?.[1] ?? 'quilt3',
    level: 'must',
    tags: ['catalog'],
    incidents: ['P-10'],
    operations: ['browse', 'createRevision'],
    parameters: { size: 'small' },
    deadlineMs: 20_000,
    unsupported: null,
    ...but,
  };
}

/** A result that passed, but for what `but` says. */
export function sampleResult(id: string, but: Partial<CaseResult> = {}): CaseResult {
  return {
    id,
    verdict: 'passed',
    startedAt: Date.UTC(2026, 10, 21, 10, 15),
    durationMs: 12,
    differences: [],
    findings: [],
    steps: [
      { name: 'createRevision', startedAt: Date.UTC(2026, 10, 21, 10, 15), durationMs: 8, outcome: 'value' },
      { name: 'browse', startedAt: Date.UTC(2026, 10, 21, 10, 15, 0, 8), durationMs: 4, outcome: 'NotFoundError' },
    ],
    exchanges: [],
    calls: { 's3 PutObject 127.0.0.1': 2 },
    observed: { createRevision: { value: 1 }, browse: { NotFoundError: 1 } },
    rootFields: { 'Query.package value': 1 },
    reproduce: `crosscheck repro ${id} --seed 7`,
    ...but,
  };
}

/** A difference in the size of an entry, but for what `but` says. */
export function sampleDifference(but: Partial<Difference> = {}): Difference {
  return { call: 1, operation: 'browse', field: 'children.a.csv.size', expected: '8', observed: '9', alone: 'quilt3-alone', ...but };
}

/** A result that failed with `differences`. */
export function sampleFailure(
  id: string,
  differences: readonly Difference[] = [sampleDifference()],
  but: Partial<CaseResult> = {},
): CaseResult {
  const message = differences.map(
    ({ operation, field, expected, observed }) => `${operation} ${field}: expected ${expected}, got ${observed}`,
  );
  const request = { method: 'GET', url: 'http://127.0.0.1/b/a.csv', headers: {}, body: null, bytes: 0 };
  const exchanges = [{ id: 1, protocol: 's3', operation: 'GetObject', request, response: { status: 200 }, error: null }];
  return sampleResult(id, { verdict: 'failed', message: message.join('\n'), differences, exchanges, ...but });
}

/** The record of a finished run of `plan`, but for what `but` says. */
export function sampleRecord(plan: readonly PlannedCase[], but: Partial<RunRecord> = {}): RunRecord {
  return {
    version: 1,
    runId: '20261121-101500-000-aaaaaa',
    target: 'embedded',
    subjects: { quilt3: 'ours', platform: 'ours', 'quilt3-python': 'quilt3@8.0.0' },
    seed: 7,
    shard: null,
    startedAt: '2026-11-21T10:15:00.000Z',
    finishedAt: '2026-11-21T10:15:20.000Z',
    trouble: null,
    plan,
    ...but,
  };
}

/** The two lines of a case that ran in worker 1. */
export function sampleLines(result: CaseResult): readonly StoreLine[] {
  const head = { id: result.id, worker: '1', attempt: 1 };
  return [
    { kind: 'started', at: result.startedAt, ...head },
    { kind: 'finished', at: result.startedAt + result.durationMs, ...head, result },
  ];
}

/** A judged case, as `judge` would answer for one that came out so. */
export function sampleJudged(id: string, verdict: Verdict = 'passed', but: Partial<JudgedCase> = {}): JudgedCase {
  const ran = verdict === 'failed' || verdict === 'expected-failed' ? sampleFailure(id) : verdict === 'passed' ? sampleResult(id) : null;
  const message = verdict === 'passed' ? null : (ran?.message ?? `${verdict} for a reason`);
  return { ...samplePlanned(id), verdict, result: ran, message, known: [], ...but };
}

/** An entry that covers `sampleDifference` in `parity/one/*` of quilt3 8, but for what `but` says. */
export function sampleKnown(but: Partial<KnownDifference> = {}): KnownDifference {
  const { operation, field, expected, observed } = sampleDifference();
  return {
    id: 'known-differences/quilt3/1',
    subject: 'quilt3',
    versions: '>=8 <9',
    case: 'parity/one/*',
    operation,
    field,
    expected,
    observed,
    wrong: 'subject',
    reason: 'counts the newline twice',
    owner: 'parity',
    issue: 'their tracker, 12',
    expires: '2027-03-01',
    where: 'suites/parity/known-differences/quilt3.yaml:1:3',
    ...but,
  };
}

/** A run of `count` cases on three backends, of which one in 25 failed with a 4 KiB exchange; the same for the same arguments. */
export function sampleRun(count: number, but: Partial<RunRecord> = {}): { record: RunRecord; results: readonly CaseResult[] } {
  const backends = ['quilt3', 'platform', 'quilt3~platform'];
  const ids = Array.from(
    { length: count },
    (_, i) => `${i % 5 === 4 ? 'contract' : 'parity'}/scenario-${Math.floor(i / 3)}/backend:${backends[i % 3]}`,
  );
  const body = 'x,y\n1,2\n'.repeat(512);
  const results = ids.map((id, i) => {
    if (i % 25 !== 0) return sampleResult(id, { durationMs: i % 400 });
    return sampleFailure(id, undefined, {
      exchanges: [{ id: 1, protocol: 's3', operation: 'GetObject', response: { status: 200, body } }],
    });
  });
  return {
    record: sampleRecord(
      ids.map((id) => samplePlanned(id)),
      but,
    ),
    results,
  };
}
