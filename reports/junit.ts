/** JUnit XML of judged cases, in the form that CI systems share (the Jenkins schema: testsuites, testsuite, testcase and their children). */
import type { JudgedCase, RunRecord } from './result.ts';
import { tally } from './verdicts.ts';

/**
 * One `testsuite` a suite and backend, one `testcase` a case, named by its id. Failed is `failure`, broken and not-run are `error`,
 * unsupported is `skipped`; expected-failed passes and says so in `system-out`.
 */
export function toJunit(record: RunRecord, judged: readonly JudgedCase[]): string {
  const suites = Map.groupBy(judged, (one) => (one.backend === null ? one.suite : `${one.suite}.${one.backend}`));
  const totals = attributes({ name: `crosscheck ${record.target}`, ...counts(judged), time: seconds(judged) });
  const body = [...suites].map(([name, cases]) => suiteOf(name, cases, record));
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites ${totals}>\n${body.join('')}</testsuites>\n`;
}

function suiteOf(name: string, cases: readonly JudgedCase[], record: RunRecord): string {
  const { unsupported } = tally(cases);
  const timestamp = record.startedAt.replace(/\.\d+Z$/, '');
  const head = attributes({ name, ...counts(cases), skipped: unsupported, time: seconds(cases), timestamp, hostname: record.target });
  const facts = { run: record.runId, seed: String(record.seed), ...record.subjects };
  const properties = Object.entries(facts).map(([key, value]) => `      <property ${attributes({ name: key, value })}/>\n`);
  return `  <testsuite ${head}>\n    <properties>\n${properties.join('')}    </properties>\n${cases.map(caseOf).join('')}  </testsuite>\n`;
}

function counts(cases: readonly JudgedCase[]): { tests: number; failures: number; errors: number } {
  const { planned, failed, broken, 'not-run': notRun } = tally(cases);
  return { tests: planned, failures: failed, errors: broken + notRun };
}

function caseOf(one: JudgedCase): string {
  const head = attributes({ name: one.id, classname: one.scenario.replaceAll('/', '.'), time: seconds([one]) });
  const child = outcomeOf(one);
  return child === '' ? `    <testcase ${head}/>\n` : `    <testcase ${head}>\n      ${child}\n    </testcase>\n`;
}

function outcomeOf(one: JudgedCase): string {
  const { verdict } = one;
  const message = one.message ?? '';
  const first = message.split('\n')[0] ?? '';
  const reproduce = one.result === null ? '' : `\n${one.result.reproduce}`;
  if (verdict === 'passed') return '';
  if (verdict === 'unsupported') return `<skipped ${attributes({ message: first })}/>`;
  if (verdict === 'expected-failed') {
    const known = one.known.map((entry) => `expected, by ${entry.id}: ${entry.reason} (${entry.issue}, until ${entry.expires})`);
    return `<system-out>${escapeXml([...known, message].join('\n'))}</system-out>`;
  }
  const tag = verdict === 'failed' ? 'failure' : 'error';
  return `<${tag} ${attributes({ message: first, type: verdict })}>${escapeXml(message + reproduce)}</${tag}>`;
}

function seconds(cases: readonly JudgedCase[]): string {
  return (cases.reduce((sum, one) => sum + (one.result?.durationMs ?? 0), 0) / 1000).toFixed(3);
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}="${escapeXml(String(value))}"`)
    .join(' ');
}

/** XML 1.0 has no spelling for most control characters, lone surrogates, U+FFFE and U+FFFF: they become U+FFFD, so that the file is XML. */
function escapeXml(text: string): string {
  const valid = text.toWellFormed().replaceAll(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '\uFFFD');
  return valid.replaceAll(/[&<>"'\t\r]/g, (letter) => ESCAPES.get(letter) ?? `&#${letter.charCodeAt(0)};`);
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&apos;'],
]);
