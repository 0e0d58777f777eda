import { describe, expect, test } from 'vitest';
import type { CaseResult, ContractFinding, KnownDifference, PlannedCase, RunRecord, StoreLine, Verdict } from './result.ts';
import { sampleDifference, sampleFailure, sampleKnown, sampleLines, samplePlanned, sampleRecord, sampleResult } from './sample-run.ts';
import { exitCode, judge, tally } from './verdicts.ts';

const id = 'parity/one/backend:quilt3-python';
const other = 'parity/two/backend:quilt3-python';
const today = '2026-11-21';

const finding: ContractFinding = {
  rule: 'unknown-field',
  subject: 'document',
  message: 'Policy has no name',
  path: 'policies.name',
  exchange: 1,
  operation: 'admin.policies.list',
};

interface Given {
  readonly plan?: readonly PlannedCase[];
  readonly lines?: readonly StoreLine[];
  readonly known?: readonly KnownDifference[];
  readonly record?: Partial<RunRecord>;
  readonly today?: string;
}

function judged({ plan = [samplePlanned(id)], lines = [], known = [], record = {}, today: day = today }: Given) {
  return judge(sampleRecord(plan, record), lines, known, day);
}

const [started, finished] = sampleLines(sampleResult(id)) as [StoreLine, StoreLine & { kind: 'finished' }];

describe('a case is', () => {
  test.each<[string, Given, Verdict, RegExp | null]>([
    ['passed when it started and finished so', { lines: [started, finished] }, 'passed', null],
    ['failed when it finished so', { lines: sampleLines(sampleFailure(id)) }, 'failed', /browse children\.a\.csv\.size: expected 8, got 9/],
    [
      'failed with the differences for a message when it has none',
      { lines: sampleLines(withoutMessage(sampleFailure(id))) },
      'failed',
      /^browse children.*expected 8, got 9$/,
    ],
    ['failed when it does not say why', { lines: sampleLines(sampleResult(id, { verdict: 'failed' })) }, 'failed', /expected a reason/],
    [
      'broken when its host says so',
      { lines: sampleLines(sampleResult(id, { verdict: 'broken', message: 'deadline' })) },
      'broken',
      /^deadline$/,
    ],
    [
      'broken when its host says unsupported of what was planned to be asked',
      { lines: sampleLines(sampleResult(id, { verdict: 'unsupported', message: 'no bucket' })) },
      'broken',
      /^planned to be asked: expected a verdict, got unsupported \(no bucket\)$/,
    ],
    [
      'not-run when its host says so',
      { lines: sampleLines(sampleResult(id, { verdict: 'not-run', message: 's3 is down' })) },
      'not-run',
      /^s3 is down$/,
    ],
    [
      'unsupported when it was planned so',
      { plan: [samplePlanned(id, { unsupported: 'no own bucket' })] },
      'unsupported',
      /^no own bucket$/,
    ],
    [
      'unsupported when it was planned so and its host says the same',
      {
        plan: [samplePlanned(id, { unsupported: 'no own bucket' })],
        lines: sampleLines(sampleResult(id, { verdict: 'unsupported', message: 'no own bucket' })),
      },
      'unsupported',
      /^no own bucket$/,
    ],
    ['not-run when it never started', {}, 'not-run', /its worker was lost/],
    [
      'not-run with the trouble of the run',
      { record: { trouble: 'registry: expected an answer, got ECONNREFUSED' } },
      'not-run',
      /^registry: expected an answer/,
    ],
    ['not-run when the run was killed', { record: { finishedAt: null } }, 'not-run', /killed, or runs still/],
    [
      'broken when it never finished',
      { lines: [started] },
      'broken',
      /^expected to finish, got started parity\/one\S+ at 2026-11-21T10:15:00\.000Z in worker 1, attempt 1 as the last line; its worker wrote nothing after it$/,
    ],
    [
      'broken when it never finished and its worker went on',
      { plan: [samplePlanned(id), samplePlanned(other)], lines: [started, ...sampleLines(sampleResult(other))] },
      'broken',
      /its worker's last line was finished \(passed\) parity\/two/,
    ],
    [
      'broken with the trouble of the run',
      { lines: [started], record: { trouble: 'no line for 20 s' } },
      'broken',
      /the run: no line for 20 s$/,
    ],
    [
      'broken when it finished twice',
      { lines: [started, finished, finished] },
      'broken',
      /expected to finish once, got finished \(passed\).* and finished \(passed\)/,
    ],
    ['broken when it started twice', { lines: [started, started, finished] }, 'broken', /expected to start once, got started/],
    ['broken when it finished without a start', { lines: [finished] }, 'broken', /a result without a start/],
    ['broken when it finished before it started', { lines: [finished, started] }, 'broken', /expected to start before it finished/],
    [
      'broken when another worker finished it',
      { lines: [started, { ...finished, worker: '2' }] },
      'broken',
      /expected to finish where it started, got .* in worker 1, attempt 1 and .* in worker 2, attempt 1/,
    ],
    ['broken when another attempt finished it', { lines: [started, { ...finished, attempt: 2 }] }, 'broken', /expected to finish where/],
    [
      'broken when it finished twice with two verdicts',
      { lines: [started, { ...finished, result: sampleFailure(id) }, finished] },
      'broken',
      /expected to finish once/,
    ],
    [
      'broken when it finished as another',
      { lines: [started, { ...finished, result: sampleResult(other) }] },
      'broken',
      /expected that of parity\/one\S+ got that of parity\/two/,
    ],
    [
      'broken when it passed with a difference',
      { lines: sampleLines(sampleResult(id, { differences: [sampleDifference()] })) },
      'broken',
      /expected no difference and no finding, got 1/,
    ],
    [
      'broken when it passed with a difference and a finding',
      { lines: sampleLines(sampleResult(id, { differences: [sampleDifference()], findings: [finding] })) },
      'broken',
      /expected no difference and no finding, got 2/,
    ],
    [
      'broken when a worker says expected-failed',
      { lines: sampleLines(sampleFailure(id, undefined, { verdict: 'expected-failed' })) },
      'broken',
      /from the known differences alone/,
    ],
    [
      'broken when it is unsupported for no reason',
      {
        plan: [samplePlanned(id, { unsupported: 'no own bucket' })],
        lines: sampleLines(sampleResult(id, { verdict: 'unsupported', message: ' ' })),
      },
      'broken',
      /expected its reason, got none/,
    ],
    [
      'broken when it ran though planned as unsupported',
      { plan: [samplePlanned(id, { unsupported: 'no own bucket' })], lines: [started, finished] },
      'broken',
      /expected not to run, got passed/,
    ],
    [
      'broken when it was planned twice',
      { plan: [samplePlanned(id), samplePlanned(id)], lines: [started, finished] },
      'broken',
      /expected the case once, got it 2 times/,
    ],
    ['broken even when the time of its line is none', { lines: [{ ...started, at: 1e300 }] }, 'broken', /at 1e\+300/],
  ])('%s', (_, given, verdict, message) => {
    const [first] = judged(given);
    expect(first?.verdict).toBe(verdict);
    if (message === null) expect(first?.message).toBeNull();
    else expect(first?.message).toMatch(message);
  });

  test('broken and added when it finished and was never planned', () => {
    const cases = judged({ lines: [started, finished, ...sampleLines(sampleResult(other))] });
    expect(cases.map((one) => [one.id, one.verdict])).toEqual([
      [id, 'passed'],
      [other, 'broken'],
    ]);
    expect(cases[1]?.message).toMatch(/^expected a case of the plan, got started parity\/two.* and finished \(passed\)/);
  });
});

describe('a known difference', () => {
  const failure = sampleLines(sampleFailure(id));
  const verdicts = (given: Given) => judged(given).map((one) => [one.id, one.verdict]);

  test('that happens exactly so makes its case expected-failed, with the entry', () => {
    const [only, ...more] = judged({ lines: failure, known: [sampleKnown()] });
    expect(only).toMatchObject({ verdict: 'expected-failed', known: [{ id: 'known-differences/quilt3/1' }] });
    expect(more).toEqual([]);
  });

  test('covers one difference and not another beside it', () => {
    const lines = sampleLines(sampleFailure(id, [sampleDifference(), sampleDifference({ field: 'children.b.csv.size' })]));
    expect(verdicts({ lines, known: [sampleKnown()] })).toEqual([[id, 'failed']]);
    const second = sampleKnown({ id: 'known-differences/quilt3/2', field: 'children.b.csv.size' });
    expect(judged({ lines, known: [sampleKnown(), second] })).toMatchObject([{ verdict: 'expected-failed', known: [{}, {}] }]);
  });

  test('covers the same difference in two calls', () => {
    const lines = sampleLines(sampleFailure(id, [sampleDifference(), sampleDifference({ call: 2 })]));
    expect(verdicts({ lines, known: [sampleKnown()] })).toEqual([[id, 'expected-failed']]);
  });

  test('never covers a failure that names no difference', () => {
    const lines = sampleLines(sampleResult(id, { verdict: 'failed', message: 'something' }));
    expect(verdicts({ lines, known: [sampleKnown()] })).toEqual([
      [id, 'failed'],
      ['known-differences/quilt3/1', 'failed'],
    ]);
  });

  test('covers a contract finding, by rule and path', () => {
    const lines = sampleLines(sampleResult(id, { verdict: 'failed', message: 'contract', findings: [finding] }));
    const entry = {
      operation: finding.operation,
      field: 'unknown-field@policies.name',
      expected: 'document that fits the schema',
      observed: finding.message,
    };
    expect(verdicts({ lines, known: [sampleKnown(entry)] })).toEqual([[id, 'expected-failed']]);
    expect(verdicts({ lines, known: [sampleKnown({ ...entry, field: 'unknown-field' })] })[0]).toEqual([id, 'failed']);
  });

  test('that does not happen any more is a failed case of its own', () => {
    const cases = judged({ lines: [started, finished], known: [sampleKnown()] });
    expect(cases.map((one) => [one.id, one.verdict])).toEqual([
      [id, 'passed'],
      ['known-differences/quilt3/1', 'failed'],
    ]);
    expect(cases[1]?.message).toBe(
      `browse children.a.csv.size: expected the known difference 8 → 9, got none in ${id}: remove the entry, or narrow it`,
    );
    expect(cases[1]).toMatchObject({ suite: 'known-differences', file: 'suites/parity/known-differences/quilt3.yaml' });
  });

  test('that happens in one of its cases only is failed', () => {
    const both = sampleKnown({ case: 'parity/*/backend:quilt3-python' });
    const plan = [samplePlanned(id), samplePlanned(other)];
    expect(verdicts({ plan, lines: [...failure, ...sampleLines(sampleResult(other))], known: [both] })).toEqual([
      [id, 'expected-failed'],
      [other, 'passed'],
      ['known-differences/quilt3/1', 'failed'],
    ]);
  });

  test.each([{ expected: '7' }, { observed: '10' }])('with other values (%o) is failed, and so is its case', (values) => {
    const cases = judged({ lines: failure, known: [sampleKnown(values)] });
    expect(cases.map((one) => one.verdict)).toEqual(['failed', 'failed']);
    expect(cases[1]?.message).toContain(`got 8 → 9 in ${id}`);
  });

  test('counts on its last day and not on the day after', () => {
    expect(verdicts({ lines: failure, known: [sampleKnown()], today: '2027-03-01' })).toEqual([[id, 'expected-failed']]);
    const after = judged({ lines: failure, known: [sampleKnown()], today: '2027-03-02' });
    expect(after.map((one) => one.verdict)).toEqual(['failed', 'failed']);
    expect(after[1]?.message).toBe('expected to be mended by 2027-03-01, got 2027-03-02 (parity, their tracker, 12)');
  });

  test.each<[string, Given, Verdict]>([
    ['broken', { lines: sampleLines(sampleFailure(id, undefined, { verdict: 'broken' })) }, 'broken'],
    ['broken before it got there', { lines: sampleLines(sampleResult(id, { verdict: 'broken', message: 'deadline' })) }, 'broken'],
    ['unfinished', { lines: [started] }, 'broken'],
    ['not-run', {}, 'not-run'],
    ['unsupported', { plan: [samplePlanned(id, { unsupported: 'no own bucket' })] }, 'unsupported'],
  ])('is neither satisfied nor refuted by a case that is %s', (_, given, verdict) => {
    expect(verdicts({ ...given, known: [sampleKnown()] })).toEqual([[id, verdict]]);
  });

  test.each<[string, Partial<KnownDifference>, Partial<RunRecord>]>([
    ['no case of the plan', { case: 'parity/three/*' }, {}],
    ['a case that a slash puts out of its glob', { case: 'parity/*' }, {}],
    ['another version', { versions: '>=9' }, {}],
    ['a version before the first of its range', { versions: '>=8.0.0 <9' }, { subjects: { 'quilt3-python': 'quilt3@8.0.0rc1' } }],
    ['a name that has no version, in any range but all', {}, { subjects: { 'quilt3-python': 'quilt3' } }],
    ['another subject', { subject: 'quilt-mcp' }, {}],
    [
      'a checkout, whose version is unknown',
      { subject: 'path:../quilt', versions: '*' },
      { subjects: { 'quilt3-python': 'path:../quilt@8.0.0' } },
    ],
    ['a backend that the run does not name', {}, { subjects: {} }],
  ])('does not apply to %s', (_, entry, record) => {
    expect(verdicts({ lines: failure, known: [sampleKnown(entry)], record })).toEqual([[id, 'failed']]);
    expect(verdicts({ lines: [started, finished], known: [sampleKnown(entry)], record })).toEqual([[id, 'passed']]);
  });

  test('does not apply to a case that drives no backend', () => {
    const plan = [samplePlanned(id, { backend: null })];
    expect(verdicts({ plan, lines: failure, known: [sampleKnown()] })).toEqual([[id, 'failed']]);
  });

  test.each([
    ['quilt3@8.0.0rc1', '>=8.0.0-0 <9'],
    ['quilt3@8.1', '>=8 <9'],
    ['quilt3', '*'],
    ['@scope/quilt3@8.0.0', '^8'],
  ])('applies to subject %s in range %s', (subject, versions) => {
    const known = [sampleKnown({ versions, subject: subject.startsWith('@') ? '@scope/quilt3' : 'quilt3' })];
    expect(verdicts({ lines: failure, known, record: { subjects: { 'quilt3-python': subject } } })).toEqual([[id, 'expected-failed']]);
  });

  test('of either side applies to an agreement of two', () => {
    const pair = 'parity/one/agree:platform~quilt3-python';
    const plan = [samplePlanned(pair, { backend: 'platform~quilt3-python' })];
    expect(verdicts({ plan, lines: sampleLines(sampleFailure(pair)), known: [sampleKnown()] })).toEqual([[pair, 'expected-failed']]);
  });
});

describe('the sum', () => {
  const all: readonly Verdict[] = ['passed', 'passed', 'failed', 'expected-failed', 'unsupported', 'broken', 'not-run'];

  test('adds up, whatever came in', () => {
    const { planned, ...rest } = tally(all.map((verdict) => ({ verdict })));
    expect(rest).toEqual({ passed: 2, failed: 1, 'expected-failed': 1, unsupported: 1, broken: 1, 'not-run': 1 });
    expect(planned).toBe(Object.values(rest).reduce((a, b) => a + b));
  });

  test.each<[readonly Verdict[], number]>([
    [[], 2],
    [['passed'], 0],
    [['passed', 'expected-failed', 'unsupported'], 0],
    [['passed', 'failed'], 1],
    [['failed', 'broken'], 2],
    [['failed', 'not-run'], 2],
    [['passed', 'broken'], 2],
    [['unsupported'], 2],
    [['unsupported', 'unsupported'], 2],
    [['unsupported', 'expected-failed'], 0],
  ])('%o exits %d', (verdicts, code) => {
    expect(exitCode(verdicts.map((verdict) => ({ verdict })))).toBe(code);
  });
});

function withoutMessage({ message: _, ...result }: CaseResult): CaseResult {
  return result;
}
