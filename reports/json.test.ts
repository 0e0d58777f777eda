import { expect, test } from 'vitest';
import { toJson } from './json.ts';
import type { ContractFinding } from './result.ts';
import { sampleJudged, sampleRecord, sampleResult } from './sample-run.ts';

const finding: ContractFinding = {
  rule: 'unknown-field',
  subject: 'document',
  message: 'Policy has no name',
  path: null,
  exchange: 1,
  operation: 'browse',
};

test('the document has exactly the keys of the design, and planned is the sum of the verdicts', () => {
  const failed = sampleResult('parity/b', { verdict: 'failed', findings: [finding] });
  const judged = [
    sampleJudged('parity/a/backend:quilt3'),
    sampleJudged('parity/b/backend:quilt3', 'failed', { result: failed, message: 'contract' }),
    ...(['expected-failed', 'unsupported', 'broken', 'not-run'] as const).map((verdict) =>
      sampleJudged(`parity/${verdict}/backend:quilt3`, verdict),
    ),
  ];
  const { cases, ...head } = toJson(sampleRecord([]), judged, 'reports/out/x/report.html');
  expect(head).toEqual({
    version: 1,
    runId: '20261121-101500-000-aaaaaa',
    target: 'embedded',
    subjects: { quilt3: 'ours', platform: 'ours', 'quilt3-python': 'quilt3@8.0.0' },
    planned: 6,
    passed: 1,
    failed: 1,
    expectedFailed: 1,
    unsupported: 1,
    broken: 1,
    notRun: 1,
    report: 'reports/out/x/report.html',
  });
  const common = { suite: 'parity', backend: 'quilt3', level: 'must', operations: ['browse', 'createRevision'], incidents: ['P-10'] };
  expect(cases.slice(0, 2)).toEqual([
    { ...common, id: 'parity/a/backend:quilt3', scenario: 'parity/a', verdict: 'passed', durationMs: 12 },
    { ...common, id: 'parity/b/backend:quilt3', scenario: 'parity/b', verdict: 'failed', durationMs: 12, message: 'contract', finding },
  ]);
  expect(cases.at(-1)).toMatchObject({ verdict: 'not-run', durationMs: 0, message: 'not-run for a reason' });
});
