/** Joins stores with their plan and writes every report of them: Allure, one HTML page, JUnit, JSON, and the summary that people read. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { completeAllure } from '../reports/allure.ts';
import { renderOutcomes, renderRootFields } from '../reports/coverage-tables.ts';
import { writeHtml } from '../reports/html.ts';
import { toJson } from '../reports/json.ts';
import { toJunit } from '../reports/junit.ts';
import { compareWithPrevious, recordVerdicts } from '../reports/previous-run.ts';
import { renderReconciliation } from '../reports/reconciliation-table.ts';
import { renderSummary } from '../reports/summary.ts';
import { awsPolicyOf } from '../suites/run/aws-policy.ts';
import { type JudgedRun, judgeRun } from '../suites/run/judge-run.ts';
import { rootFieldsIn } from '../suites/run/schema-file.ts';
import { reconcileRun } from './reconcile-run.ts';

export interface ReportOptions {
  /** Where the stores of earlier runs stand, to say what is new. */
  readonly storesDir: string;
  readonly json: boolean;
  /** False leaves out the HTML page, for a run of few cases by hand. */
  readonly html: boolean;
  /** Prints the tables of operations and root fields too. */
  readonly tables: boolean;
  /** Whether the run was interrupted: its verdicts then tell the next run nothing. */
  readonly interrupted?: () => boolean;
  /** Where the reports of several stores go; the store itself for one. */
  readonly into?: string;
}

/** Writes the reports of one store, or of the shards of one run, and prints JSON or the summary. */
export async function writeReport(stores: readonly string[], options: ReportOptions): Promise<JudgedRun> {
  const run = judgeRun(stores);
  const { record, judged, troubles } = run;
  const dir = options.into ?? stores[0] ?? '.';
  mkdirSync(dir, { recursive: true });
  const allure = join(dir, 'allure-results');
  let page: string | null = null;
  // Who interrupts does not wait for a file a case and their page: 3 s of 1,440 cases. `report` makes them from the store at any time.
  const whole = options.interrupted?.() !== true;
  if (whole) completeAllure(allure, record, judged);
  if (whole && options.html) {
    page = join(dir, 'report.html');
    await writeHtml(allure, page, `Crosscheck on ${record.target}`);
  }
  writeFileSync(join(dir, 'junit.xml'), toJunit(record, judged));
  const awsPolicy = awsPolicyOf(judged);
  const json = toJson(record, judged, page, awsPolicy);
  writeFileSync(join(dir, 'report.json'), JSON.stringify(json));
  const { since, previousRunId } = compareWithPrevious(options.storesDir, record, judged);
  if (stores.length === 1 && stores[0] !== undefined && options.interrupted?.() !== true) recordVerdicts(stores[0], record, judged);

  const out = options.json ? process.stderr : process.stdout;
  const text = { color: out.isTTY === true && process.env['NO_COLOR'] === undefined, width: out.columns ?? 160 };
  const report = page === null ? null : pathToFileURL(page).href;
  if (options.tables) {
    out.write(`${renderOutcomes(judged, text)}\n`);
    out.write(`${renderRootFields(judged, rootFieldsIn(stores[0] ?? dir), text)}\n`);
    out.write(`${renderReconciliation(await reconcileRun(record, judged), text)}\n`);
  }
  out.write(renderSummary(record, judged, { ...text, since, previousRunId, report, troubles, awsPolicy }));
  if (options.json) process.stdout.write(`${JSON.stringify(json)}\n`);
  return run;
}
