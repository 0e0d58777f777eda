/** `crosscheck repro`: one case on its backends side by side, without any test framework, and one redacted file that tells it all. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { readRecord } from '../reports/read-store.ts';
import type { CaseResult, PlannedCase } from '../reports/result.ts';
import { exitCode } from '../reports/verdicts.ts';
import { createCaseRunner } from '../suites/case/run-case.ts';
import { loadSuite } from '../suites/case/suite-files.ts';
import { sweepClaims } from '../suites/run/claims.ts';
import { contractOf } from '../suites/run/contract-of.ts';
import { createLiveHost } from '../suites/run/live-host.ts';
import { openRunFolder } from '../suites/run/run-folder.ts';
import { planRun, STORES } from '../suites/run/run-suites.ts';
import { UsageError } from './failure.ts';
import { backendOption, jsonOption, parseBackends, parseWhole, seedOption, targetOption } from './options.ts';
import { openTarget } from './with-target.ts';

interface Options {
  readonly target: string;
  readonly backend?: string;
  readonly seed: string;
  readonly from?: string;
  readonly json?: true;
}

export function command(): Command {
  return new Command('repro')
    .description('run one case on the backends side by side: observations, differences, exchanges')
    .argument('<case>', 'id of a case, as every report gives it')
    .addOption(targetOption())
    .addOption(backendOption())
    .addOption(seedOption())
    .option('--from <store>', 'take the seed from that store')
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  npx crosscheck repro parity/update-keeps-the-rest/backend:platform\n')
    .action(async (id: string, options: Options) => {
      const seed = options.from === undefined ? parseWhole('--seed', options.seed) : readRecord(options.from).seed;
      const names = options.backend === undefined ? backendsIn(id) : parseBackends(options.backend);
      using folder = openRunFolder(STORES);
      await using open = await openTarget(options.target, folder);
      const all = { suites: [], backends: names, grep: null, tags: [], ids: null, shard: null };
      const { plan, backends } = await planRun(open.target, all);
      const cases = siblingsOf(id, plan);
      const [first] = cases;
      if (first === undefined)
        throw new UsageError(`case ${id}: expected one of the plan, got none of that id; see \`npx crosscheck list\``);
      const { contract } = await contractOf(open.target);
      await using host = createLiveHost({
        target: open.target,
        backends,
        contract,
        seed,
        run: { id: folder.runId, part: 'repro', journal: folder.journal, targetFile: open.file },
        targetArgument: open.argument,
      });
      const runner = createCaseRunner(host);
      const { suite } = await loadSuite(first.file);
      const results: CaseResult[] = [];
      for (const planned of cases) results.push(await runner.run(planned, suite));
      for (const left of await sweepClaims(open.target, folder.dir)) process.stderr.write(`still there: ${left}\n`);
      const file = writeRepro(id, seed, cases, results);
      if (options.json === true) process.stdout.write(`${JSON.stringify({ version: 1, seed, cases: results, file })}\n`);
      else process.stdout.write(`${results.map(describe).join('\n\n')}\n\nEverything, redacted: ${file}\n`);
      process.exitCode = exitCode(results);
    });
}

/** The backends that an id names, or the default ones. */
function backendsIn(id: string): ReturnType<typeof parseBackends> {
  const named = [...id.matchAll(/\/(?:backend|agree|writer|reader):([a-z0-9~-]+)/g)].flatMap(([, names = '']) => names.split('~'));
  return parseBackends(named.length === 0 ? undefined : [...new Set(['quilt3', 'platform', ...named])].join(','));
}

/** The case and the others of its scenario at the same point, so that the sides stand beside each other. */
function siblingsOf(id: string, plan: readonly PlannedCase[]): readonly PlannedCase[] {
  const asked = plan.find((planned) => planned.id === id);
  if (asked === undefined) return [];
  const point = JSON.stringify(asked.parameters);
  return plan.filter((planned) => planned.scenario === asked.scenario && JSON.stringify(planned.parameters) === point);
}

function writeRepro(id: string, seed: number, cases: readonly PlannedCase[], results: readonly CaseResult[]): string {
  const dir = join(STORES, 'repro');
  mkdirSync(dir, { recursive: true });
  const file = join(dir, `${id.replaceAll(/[^a-z0-9-]+/g, '_')}.json`);
  writeFileSync(
    file,
    `${JSON.stringify({ version: 1, id, seed, cases: cases.map((planned, i) => ({ ...planned, result: results[i] })) }, null, 2)}\n`,
  );
  return file;
}

function describe({ id, verdict, durationMs, message, steps }: CaseResult): string {
  return [
    `${verdict.toUpperCase()}  ${id}  ${durationMs} ms`,
    ...(message === undefined ? [] : message.split('\n').map((line) => `  ${line}`)),
    ...steps.map((step) => `    ${step.name}  ${step.durationMs} ms  ${step.outcome}`),
  ].join('\n');
}
