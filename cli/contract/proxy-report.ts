/** What a person reads when a proxy ends, and what a script reads: the exit code. */

import type { ProxySummary, SeenFinding } from '../../backends/wire/proxy/proxy-summary.ts';
import type { Reconciliation } from '../../schemas/reconcile.ts';
import { placeText } from './diff-text.ts';

/** One line a finding: where, which rule, what. */
export function renderSeen({ severity, operation, subject, path, rule, message, first }: SeenFinding): string {
  const mark = severity === 'error' ? 'VIOLATION' : 'warning';
  return `${mark} ${operation}, ${subject}${path === null ? '' : ` at ${path}`}: ${message} [${rule}, exchange ${first}]`;
}

/** Counts, every violation with its rule, and what was never judged and why; ends in a newline. */
export function renderProxySummary(summary: ProxySummary): string {
  const { requests, graphql, documents, answers, refused, broken, findings, notJudged, troubles } = summary;
  const violations = findings.filter(({ severity }) => severity === 'error');
  const rules = new Map<string, number>();
  for (const { rule, count } of violations) rules.set(rule, (rules.get(rule) ?? 0) + count);
  const counted = (counts: readonly (readonly [string, number])[]) =>
    counts.map(([what, times]) => `${String(times).padStart(7)}  ${what}`);
  return [
    ...section(
      'violations',
      violations.map((seen) => `${String(seen.count).padStart(7)}  ${renderSeen(seen).replace(/^VIOLATION /, '')}`),
    ),
    ...section('violations, by rule', counted([...rules].sort(([, a], [, b]) => b - a))),
    ...section(
      'warnings',
      findings
        .filter(({ severity }) => severity === 'warning')
        .map((seen) => `${String(seen.count).padStart(7)}  ${renderSeen(seen).replace(/^warning /, '')}`),
    ),
    ...section('not judged, by reason', counted(Object.entries(notJudged))),
    ...section('no whole answer', counted(Object.entries(broken))),
    ...section(
      'could not be judged or recorded',
      troubles.map((trouble) => `  ${trouble}`),
    ),
    `${requests} requests: ${graphql} GraphQL, ${requests - graphql} others; ${documents} documents and ${answers} answers judged${refused > 0 ? `, ${refused} refused` : ''}`,
    `${sum([...rules.values()])} violations, ${sum(Object.values(notJudged))} not judged, exit ${proxyExitCode(summary)}`,
    '',
  ].join('\n');
}

/** What clients sent that stands in no source, and what stands in source and was not sent; ends in a newline. */
export function renderProxyReconciliation({ operations, unsourced, unsent }: Reconciliation): string {
  return [
    ...section(
      'sent, but in no source',
      unsourced.map(({ operation, count, note }) => `${String(count).padStart(7)}  ${operation} (${note})`),
    ),
    ...section(
      'in source, but never sent',
      unsent.map(({ operation, place }) => `  ${placeText(place)}  ${operation}`),
    ),
    `${operations - unsent.length} of ${operations} operations in source were sent`,
    '',
  ].join('\n');
}

/** 1 when something did not fit; 2 when nothing could be judged, or judging broke down; else 0. */
export function proxyExitCode({ findings, documents, troubles }: ProxySummary): number {
  if (findings.some(({ severity }) => severity === 'error')) return 1;
  return documents === 0 || troubles.length > 0 ? 2 : 0;
}

const section = (title: string, lines: readonly string[]) => (lines.length === 0 ? [] : [title, ...lines, '']);
const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);
