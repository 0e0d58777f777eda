/**
 * The part of the Allure report that is written while vitest runs: the reporter's options, what a test says of its case, and how it ends.
 * The store has the last word: `completeAllure` replaces what it contradicts.
 */
import type { Label } from 'allure-js-commons';
import { attachment, description, displayName, labels, links, parameter } from 'allure-js-commons';
import type { RuntimeMessage } from 'allure-js-commons/sdk';
import type { ReporterConfig } from 'allure-js-commons/sdk/reporter';
import { getGlobalTestRuntime } from 'allure-js-commons/sdk/runtime';
import { type AllureCase, CASE_LABEL, describeForAllure, STATUS_OF, VERDICT_LABEL } from './allure-case.ts';
import type { CaseResult, PlannedCase, Verdict } from './result.ts';
import { VERDICTS } from './result.ts';

/** Options of `allure-vitest/reporter`: it writes to `resultsDir`, and names each test by its case instead of by file and title. */
export function allureReporterOptions(resultsDir: string): ReporterConfig & { readonly reportMatchers: false } {
  return { resultsDir, reportMatchers: false, listeners: [{ beforeTestResultStop: nameByCase }] };
}

interface VitestResult {
  fullName?: string;
  titlePath?: string[];
  status?: string;
  labels: Label[];
  statusDetails: { trace?: string };
}

/** Allure guesses failed or broken from the look of the error; the verdict is known. The stack is that of the host, and says nothing. */
function nameByCase(result: VitestResult): void {
  const value = (name: string): string | undefined => result.labels.findLast((label) => label.name === name)?.value;
  const id = value(CASE_LABEL);
  if (id === undefined) return;
  result.fullName = id;
  result.titlePath = [...(value('package') ?? '').split('/'), value('scenario') ?? ''];
  result.labels = result.labels.filter(
    (label) => !/^(parentSuite|suite|subSuite|package|_fallbackTestCaseId)$/.test(label.name) || label === lastOf(result, label.name),
  );
  const verdict = value(VERDICT_LABEL);
  if (isVerdict(verdict)) result.status = STATUS_OF[verdict];
  delete result.statusDetails.trace;
}

function lastOf({ labels: all }: VitestResult, name: string): Label | undefined {
  return name === 'subSuite' || name.startsWith('_') ? undefined : all.findLast((label) => label.name === name);
}

function isVerdict(text: string | undefined): text is Verdict {
  return VERDICTS.some((verdict) => verdict === text);
}

/** Says in the running vitest test what its case did. Call it once, after the case finished and before the test ends. */
export async function tellAllure(planned: PlannedCase, result: CaseResult): Promise<void> {
  const one = describeForAllure({ ...planned, verdict: result.verdict, result, message: result.message ?? null, known: [] });
  await displayName(one.name);
  await description(one.description);
  await labels(...one.labels);
  if (one.links.length > 0) await links(...one.links);
  for (const { name, value } of one.parameters) await parameter(name, value);
  await tellSteps(one);
  for (const { name, type, text } of one.attachments) await attachment(name, text, type);
}

/** The facade's `step` takes its own times; the steps are over, so their messages go in with the times they had. */
async function tellSteps({ steps }: AllureCase): Promise<void> {
  const runtime: unknown = getGlobalTestRuntime();
  if (!takesMessages(runtime)) return;
  for (const { name = '', start = 0, stop = 0, status = STATUS_OF.passed } of steps) {
    await runtime.sendMessage({ type: 'step_start', data: { name, start } });
    await runtime.sendMessage({ type: 'step_stop', data: { stop, status } });
  }
}

function takesMessages(runtime: unknown): runtime is { sendMessage(message: RuntimeMessage): Promise<void> } {
  return typeof runtime === 'object' && runtime !== null && 'sendMessage' in runtime && typeof runtime.sendMessage === 'function';
}

/** How the test of a case has to end: pass, throw this error, or skip for this reason; vitest's own answer is never read again. */
export function endingOf({ verdict, message = verdict }: CaseResult): { readonly error: Error } | { readonly skip: string } | null {
  const status = STATUS_OF[verdict];
  if (status === STATUS_OF.passed) return null;
  if (status === STATUS_OF.unsupported) return { skip: message };
  const error = new Error(message);
  error.name = verdict === 'failed' ? 'AssertionError' : 'CaseBroken';
  return { error };
}
