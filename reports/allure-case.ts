/** What Allure shows of a case, written once: the vitest host and the completion from the store both say exactly this. Pure. */
import type { Label, Link, Parameter, StepResult } from 'allure-js-commons';
import { ContentType, Severity, Stage, Status } from 'allure-js-commons';
import { findingAsDifference } from './apply-known-differences.ts';
import type { JudgedCase, Level, Step, Verdict } from './result.ts';

/** An attachment by its text. */
export interface AllureAttachment {
  readonly name: string;
  readonly type: string;
  readonly text: string;
}

/** A case as Allure takes it. Times are epoch milliseconds; a case that never ran has none. */
export interface AllureCase {
  readonly name: string;
  /** The case's id; each stands once in a report. */
  readonly fullName: string;
  readonly titlePath: readonly string[];
  readonly status: Status;
  readonly message: string | null;
  readonly description: string;
  readonly labels: readonly Label[];
  readonly links: readonly Link[];
  readonly parameters: readonly Parameter[];
  readonly steps: readonly StepResult[];
  readonly attachments: readonly AllureAttachment[];
  readonly start: number | undefined;
  readonly stop: number | undefined;
}

/** The label that carries the case's id through vitest, and the one that carries the verdict. */
export const CASE_LABEL = 'case';
export const VERDICT_LABEL = 'verdict';

/** Longest text of one attachment, in characters; the whole stands in the store. */
const ATTACHMENT_CAP = 64 * 1024;

/** Verdict → Allure status. Why so: `docs/decisions/allure.md`. */
export const STATUS_OF: Readonly<Record<Verdict, Status>> = {
  passed: Status.PASSED,
  'expected-failed': Status.PASSED,
  failed: Status.FAILED,
  broken: Status.BROKEN,
  'not-run': Status.BROKEN,
  unsupported: Status.SKIPPED,
};

const SEVERITY_OF: Readonly<Record<Level, Severity>> = { must: Severity.CRITICAL, should: Severity.NORMAL, may: Severity.MINOR };

/** What Allure shows of a judged case. */
export function describeForAllure(one: JudgedCase): AllureCase {
  const { result } = one;
  return {
    name: one.id === one.scenario ? one.title : `${one.title} (${axesOf(one)})`,
    fullName: one.id,
    titlePath: [...one.file.split('/').filter((part) => part !== ''), one.scenario],
    status: STATUS_OF[one.verdict],
    message: messageOf(one),
    description: describe(one),
    labels: labelsOf(one),
    links: one.known.filter(({ issue }) => /^https?:\/\//.test(issue)).map(({ issue, id }) => ({ type: 'issue', url: issue, name: id })),
    parameters: parametersOf(one),
    steps: (result?.steps ?? []).map(stepOf),
    attachments: attachmentsOf(one),
    start: result?.startedAt,
    stop: result === null ? undefined : result.startedAt + result.durationMs,
  };
}

function axesOf({ id, scenario }: JudgedCase): string {
  return id.startsWith(`${scenario}/`) ? id.slice(scenario.length + 1) : id;
}

function messageOf({ verdict, message, known }: JudgedCase): string | null {
  if (verdict !== 'expected-failed') return message;
  return [
    ...known.map((entry) => `expected, by ${entry.id}: ${entry.reason} (${entry.issue}, until ${entry.expires})`),
    message ?? '',
  ].join('\n');
}

/** The command stands in a code block: Allure renders Markdown, and nothing from a subject may become a link or an image in it. */
function describe({ title, result, id }: JudgedCase): string {
  const command = result?.reproduce ?? `crosscheck repro ${id}`;
  return `${title}\n\n\`\`\`sh\n${command.replaceAll('`', "'")}\n\`\`\``;
}

function labelsOf(one: JudgedCase): readonly Label[] {
  const labels = (name: string, values: readonly string[]): Label[] => values.map((value) => ({ name, value }));
  const backend = one.backend === null ? [] : [one.backend];
  const flags = one.verdict === 'expected-failed' || one.verdict === 'not-run' ? [one.verdict] : [];
  return [
    { name: CASE_LABEL, value: one.id },
    { name: VERDICT_LABEL, value: one.verdict },
    { name: 'parentSuite', value: one.suite },
    { name: 'suite', value: one.scenario },
    { name: 'scenario', value: one.scenario },
    { name: 'severity', value: SEVERITY_OF[one.level] },
    { name: 'package', value: one.file },
    ...labels('backend', backend),
    ...labels('incident', one.incidents),
    ...labels(
      'issue',
      one.known.map((entry) => entry.issue),
    ),
    ...labels(
      'owner',
      one.known.map((entry) => entry.owner),
    ),
    ...labels('tag', [...new Set([...one.tags, ...one.incidents, ...backend, ...flags])]),
  ];
}

function parametersOf({ parameters, backend }: JudgedCase): readonly Parameter[] {
  const all = Object.entries(backend === null ? parameters : { backend, ...parameters });
  return all.map(([name, value]) => ({ name, value }));
}

/** A step that ended in an error class did what it did; whether it should have is the case's verdict, so no step is red by itself. */
function stepOf({ name, startedAt, durationMs, outcome }: Step): StepResult {
  const nothing = { steps: [], attachments: [], parameters: [], statusDetails: {} };
  return {
    name: `${name} → ${outcome}`,
    status: Status.PASSED,
    stage: Stage.FINISHED,
    start: startedAt,
    stop: startedAt + durationMs,
    ...nothing,
  };
}

function attachmentsOf({ verdict, result }: JudgedCase): readonly AllureAttachment[] {
  if (result === null || verdict === 'passed') return [];
  const rows = [
    ...result.differences.map((one) => [one.operation, one.field, one.expected, one.observed, one.alone ?? '']),
    ...result.findings.map(findingAsDifference).map((one) => [one.operation, one.field, one.expected, one.observed, '']),
  ];
  return [
    ...(rows.length === 0
      ? []
      : [
          cut({
            name: 'differences',
            type: ContentType.CSV,
            text: toCsv([['operation', 'field', 'expected', 'observed', 'alone'], ...rows]),
          }),
        ]),
    ...(result.exchanges.length === 0
      ? []
      : [cut({ name: 'exchanges', type: ContentType.JSON, text: JSON.stringify(result.exchanges, null, 1) })]),
    { name: 'reproduce', type: ContentType.TEXT, text: `${result.reproduce}\n` },
  ];
}

/** RFC 4180: every cell quoted, a quote doubled. */
function toCsv(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\r\n');
}

function cut(attachment: AllureAttachment): AllureAttachment {
  const { text, name } = attachment;
  if (text.length <= ATTACHMENT_CAP) return attachment;
  const says = `\n… ${text.length - ATTACHMENT_CAP} more characters of ${name} stand in the run's store`;
  return { name, type: ContentType.TEXT, text: text.slice(0, ATTACHMENT_CAP) + says };
}
