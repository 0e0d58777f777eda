import { expect, test } from 'vitest';
import type { ProxySummary, SeenFinding } from '../../backends/wire/proxy/proxy-summary.ts';
import { proxyExitCode, renderProxyReconciliation, renderProxySummary } from './proxy-report.ts';

const seen: SeenFinding = {
  rule: 'missing-input-field',
  severity: 'error',
  subject: 'variables',
  message: '$i.roles: expected [ID!]!, got nothing',
  path: 'i.roles',
  operation: 'Create',
  count: 3,
  first: 7,
};
const clean: ProxySummary = {
  requests: 5,
  graphql: 4,
  documents: 3,
  answers: 3,
  refused: 0,
  broken: {},
  findings: [],
  sent: [],
  notJudged: {},
  troubles: [],
};

test('exit 1 for a violation, 2 when nothing was judged or judging broke down, else 0', () => {
  expect(proxyExitCode(clean)).toBe(0);
  expect(proxyExitCode({ ...clean, findings: [{ ...seen, severity: 'warning' }] })).toBe(0);
  expect(proxyExitCode({ ...clean, findings: [seen] })).toBe(1);
  expect(proxyExitCode({ ...clean, documents: 0 })).toBe(2);
  expect(proxyExitCode({ ...clean, troubles: ['x'] })).toBe(2);
});

test('the summary says each violation, each rule with its count, and what was not judged and why', () => {
  const text = renderProxySummary({
    ...clean,
    findings: [seen, { ...seen, path: null, count: 1 }],
    notJudged: { 'request: file upload': 2 },
    broken: { down: 1 },
  });
  expect(text).toBe(`violations
      3  Create, variables at i.roles: $i.roles: expected [ID!]!, got nothing [missing-input-field, exchange 7]
      1  Create, variables: $i.roles: expected [ID!]!, got nothing [missing-input-field, exchange 7]

violations, by rule
      4  missing-input-field

not judged, by reason
      2  request: file upload

no whole answer
      1  down

5 requests: 4 GraphQL, 1 others; 3 documents and 3 answers judged
4 violations, 2 not judged, exit 1
`);
});

test('the reconciliation says both ways what is missing', () => {
  const text = renderProxyReconciliation({
    operations: 3,
    unsourced: [{ key: 'k', operation: 'Mine', count: 4, note: 'exchange 2' }],
    unsent: [{ operation: 'Old', place: { file: 'a.graphql', line: 1, column: 2 } }],
  });
  expect(text).toBe(`sent, but in no source
      4  Mine (exchange 2)

in source, but never sent
  a.graphql:1:2  Old

2 of 3 operations in source were sent
`);
});
