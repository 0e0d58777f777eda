import { expect, test } from 'vitest';
import type { CaseResult, PlannedCase } from '../../reports/result.ts';
import { callsOf } from './calls-of.ts';

const planned = (id: string, backend: string | null, operations: readonly string[], unsupported: string | null = null): PlannedCase => ({
  id,
  suite: 'parity',
  scenario: 'parity/x',
  title: 'x',
  file: 'suites/parity/x.suite.ts',
  backend,
  level: 'must',
  tags: [],
  incidents: [],
  operations,
  parameters: {},
  deadlineMs: 1,
  unsupported,
});
const result = (calls: CaseResult['calls']) => ({ verdict: 'passed', calls }) as unknown as CaseResult;

test('says the requests of a run, without what differs from run to run', () => {
  const seen = new Map([
    ['a', result({ 's3 GetObject 127.0.0.1:1': 1, 's3 GetObject 127.0.0.1:2': 2, 'catalog GET /t/t1/browse/2/a.txt 127.0.0.1:3': 1 })],
  ]);
  expect(callsOf([planned('a', 'quilt3', ['browse'])], seen)).toEqual([
    { id: 'a', source: 'seen', calls: { 's3 GetObject': 3, 'catalog GET /browse/…': 1 } },
  ]);
});

test('else those that the operations declare, of every side', () => {
  const [quilt3, platform, both] = callsOf(
    [
      planned('a', 'quilt3', ['listPackages']),
      planned('b', 'platform', ['listPackages']),
      planned('c', 'quilt3~platform', ['listPackages']),
    ],
    new Map(),
  );
  expect([quilt3?.source, quilt3?.calls]).toEqual(['declared', expect.objectContaining({ 's3 ListObjectsV2': null })]);
  expect(platform?.calls).toHaveProperty('graphql PackageNames', null);
  expect(platform?.calls).not.toHaveProperty('s3 ListObjectsV2');
  expect(Object.keys(both?.calls ?? {})).toEqual(expect.arrayContaining(['s3 ListObjectsV2', 'graphql PackageNames']));
});

test('says that it does not know, or that there are none', () => {
  const cases = [
    planned('a', null, []),
    planned('b', 'quilt3-python', ['browse']),
    planned('c', 'quilt3', ['browse'], 'no control'),
    planned('x/agree:a~b', 'a~b', []),
  ];
  expect(callsOf(cases, new Map()).map(({ source }) => source)).toEqual(['unknown', 'unknown', 'none', 'none']);
});
