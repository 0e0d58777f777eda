import { describe, expect, test } from 'vitest';
import { renderOutcomes, renderRootFields } from './coverage-tables.ts';
import type { JudgedCase } from './result.ts';
import { sampleDifference, sampleFailure, sampleJudged, sampleKnown, sampleRecord, sampleResult } from './sample-run.ts';
import { renderSummary, type SummaryOptions } from './summary.ts';
import { oneLine } from './text-table.ts';

const plain: SummaryOptions = { color: false, width: 100, since: null, previousRunId: null, report: null, troubles: [] };
const summary = (judged: readonly JudgedCase[], but: Partial<SummaryOptions> = {}) =>
  renderSummary(sampleRecord([]), judged, { ...plain, ...but });

const q = (name: string) => `parity/${name}/backend:quilt3`;
const judged = [
  sampleJudged(q('a')),
  sampleJudged(q('b'), 'failed', { result: sampleFailure(q('b'), [sampleDifference(), sampleDifference({ field: 'hash' })]) }),
  sampleJudged(q('c'), 'expected-failed', { known: [sampleKnown()] }),
  sampleJudged(q('d'), 'unsupported', { message: 'no own bucket' }),
  sampleJudged(q('e'), 'unsupported', { message: 'no own bucket' }),
  sampleJudged('parity/a/backend:platform', 'broken', {
    backend: 'platform',
    message: 'deadline: expected an answer within 20 s, got none\nmore',
  }),
  sampleJudged('stack/f', 'not-run', { backend: null, message: 's3 is down' }),
  sampleJudged('stack/g', 'not-run', { backend: null, message: 's3 is down' }),
];

describe('the summary', () => {
  test('says everything, and adds up', () => {
    const since = { new: [q('b')], fixed: [q('a')], still: [], gone: [q('z')] };
    expect(
      summary(judged, { since, previousRunId: 'yesterday', report: 'report.html', troubles: ['worker-1.ndjson:3: half-written'] }),
    ).toBe(`\
suite, backend   planned  passed  failed  expected-failed  unsupported  broken  not-run
parity platform        1                                                     1
parity quilt3          5       1       1                1            2
stack                  2                                                              2
all                    8       1       1                1            2       1        2

FAILED parity/b/backend:quilt3
  browse children.a.csv.size: expected 8, got 9 (quilt3-alone) (and 1 more)
  crosscheck repro parity/b/backend:quilt3 --seed 7
BROKEN parity/a/backend:platform
  deadline: expected an answer within 20 s, got none
  crosscheck repro parity/a/backend:platform
NOT-RUN 2 cases: s3 is down

unsupported, by reason
      2  no own bucket

known differences that applied, with their cases
      1  known-differences/quilt3/1: counts the newline twice (subject is wrong; parity, their trac…

since yesterday: 1 new, 1 fixed, 0 still, 1 gone
  new    parity/b/backend:quilt3
  fixed  parity/a/backend:quilt3

store: worker-1.ndjson:3: half-written

8 planned = 1 passed + 1 failed + 1 expected-failed + 2 unsupported + 1 broken + 2 not-run
embedded, run 20261121-101500-000-aaaaaa, seed 7, exit 2
report: report.html
`);
  });

  test('colours only when told', () => {
    expect(summary(judged)).not.toContain('\u001b');
    expect(summary(judged, { color: true })).toContain('\u001b[31mFAILED\u001b[39m');
  });

  test('keeps to the width, but never cuts a command or an id', () => {
    const long = sampleFailure(q('b'), [sampleDifference({ observed: 'x'.repeat(500) })], {
      reproduce: `crosscheck repro ${q('b')} --grep ${'y'.repeat(80)}`,
    });
    const lines = summary([sampleJudged(q('b'), 'failed', { result: long })], { width: 60 }).split('\n');
    expect(lines.find((line) => line.includes('expected 8'))).toHaveLength(60);
    expect(lines).toContain(`  ${long.reproduce}`);
  });

  test('shows the first wrong cases and counts the rest', () => {
    const many = Array.from({ length: 5 }, (_, i) => sampleJudged(q(`s${i}`), 'failed'));
    const text = summary(many, { most: 2 });
    expect(text.match(/^FAILED/gm)).toHaveLength(2);
    expect(text).toContain('… and 3 more, in the report');
  });

  test('nothing selected says so', () => {
    expect(summary([])).toContain('0 planned = 0 passed\nembedded, run 20261121-101500-000-aaaaaa, seed 7, exit 2: nothing was selected');
  });

  test('a known difference that is wrong names the file to edit', () => {
    const entry = sampleJudged('known-differences/quilt3/1', 'failed', {
      suite: 'known-differences',
      result: null,
      file: 'k/quilt3.yaml',
      message: 'got none',
    });
    expect(summary([entry])).toContain('FAILED known-differences/quilt3/1\n  got none\n  edit k/quilt3.yaml\n');
  });

  test('the trouble of a run is shown', () => {
    expect(renderSummary(sampleRecord([], { trouble: 'interrupted by SIGINT' }), [], plain)).toContain('run: interrupted by SIGINT');
  });
});

test('control characters of a subject do not reach the terminal', () => {
  expect(oneLine('a\u001b[2Jb\u0007\r\nc\u202ed', 80)).toBe('ab cd');
});

describe('coverage', () => {
  const observed = { browse: { value: 2, NotFoundError: 1 }, createRevision: { ValidationError: 1 } };
  const rootFields = { 'Query.package value': 2, 'Query.package refused': 1, 'Mutation.packageConstruct typed-failure': 1 };
  const ran = [
    sampleJudged(q('a'), 'passed', { result: sampleResult(q('a'), { observed, rootFields }) }),
    sampleJudged(q('b'), 'passed', {
      operations: ['diff'],
      result: sampleResult(q('b'), { observed: { browse: { value: 1 } }, rootFields: {} }),
    }),
  ];

  test('of operations names each outcome class and what was never observed', () => {
    expect(renderOutcomes(ran, plain)).toBe(`\
operation       value  NotFoundError  ValidationError
browse              3              1
createRevision                                      1
diff
1 of 3 never observed: diff
`);
  });

  test('of root fields names those that nobody asked, and the outcomes that nobody saw', () => {
    const possible = new Map([
      ['Query.me', ['value', 'refused']],
      ['Query.package', ['value', 'typed-failure', 'refused']],
    ]);
    expect(renderRootFields(ran, possible, plain)).toBe(`\
root field                 value  typed-failure  refused
Mutation.packageConstruct                     1
Query.me
Query.package                  2                       1
1 of 3 never observed: Query.me
3 of 5 possible outcomes never observed: Query.me value, Query.me refused, Query.package typed-failure
`);
  });
});
