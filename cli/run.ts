/** `crosscheck run`: the main job. */
import { Command } from 'commander';
import { exitCode } from '../reports/verdicts.ts';
import { findFault } from '../suites/faults/find-fault.ts';
import { sweepClaims } from '../suites/run/claims.ts';
import { judgeRun, wrongIds } from '../suites/run/judge-run.ts';
import { openRunFolder } from '../suites/run/run-folder.ts';
import { readAhead, runSuites, STORES } from '../suites/run/run-suites.ts';
import { interruptible } from './interrupt.ts';
import { backendOption, jsonOption, parseBackends, parseShard, parseWhole, seedOption, targetOption } from './options.ts';
import { createProgress } from './progress.ts';
import { openTarget } from './with-target.ts';
import { writeReport } from './write-report.ts';

interface Options {
  readonly target: string;
  readonly backend?: string;
  readonly grep?: string;
  readonly tag?: string;
  readonly shard?: string;
  readonly seed: string;
  readonly onlyFailed?: string;
  readonly fault?: string;
  readonly report?: string;
  readonly html: boolean;
  readonly json?: true;
}

export function command(): Command {
  return new Command('run')
    .description('run the suites on a target, and report')
    .argument('[suite...]', 'areas (parity), scenarios (parity/…) or ids; all when none is named')
    .addOption(targetOption())
    .addOption(backendOption())
    .option('--grep <text>', 'only cases whose id or title contains it')
    .option('--tag <name>', 'only cases with this tag or incident')
    .option('--shard <i/n>', 'one part of the cases, by file')
    .addOption(seedOption())
    .option('--only-failed <store>', 'only what failed, broke or did not run in that store')
    .option('--fault <id>', 'make this incident happen under every case (see `crosscheck faults`)')
    .option('--report <dir>', 'where stores and reports are written', STORES)
    .option('--no-html', 'leave out the HTML page')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      '\nExamples:\n  npx crosscheck run\n  npx crosscheck run parity --backend quilt3,platform --grep update\n  npx crosscheck run --target fixtures/targets/staging.yaml --json\n',
    )
    .action(async (suites: string[], options: Options) => {
      const interrupt = interruptible();
      const selection = {
        suites,
        backends: parseBackends(options.backend),
        grep: options.grep ?? null,
        tags: options.tag === undefined ? [] : [options.tag],
        ids: options.onlyFailed === undefined ? null : wrongIds(judgeRun([options.onlyFailed])),
        shard: parseShard(options.shard),
        seed: parseWhole('--seed', options.seed),
        storesDir: options.report ?? STORES,
      };
      const progress = createProgress(process.stderr);
      // A wrong id is told before anything is started.
      if (options.fault !== undefined) await findFault(options.fault);
      readAhead(selection);
      using folder = openRunFolder(selection.storesDir);
      await using open = await openTarget(options.target, folder);
      const { store } = await runSuites(open.target, {
        ...selection,
        runId: folder.runId,
        journal: folder.journal,
        targetArgument: open.argument,
        targetFile: open.file,
        ...(options.fault !== undefined && { fault: options.fault }),
        signal: interrupt.signal,
        progress: progress.show,
      });
      progress.end();
      for (const left of await sweepClaims(open.target, folder.dir))
        process.stderr.write(`still there, \`npx crosscheck clean\` tries again: ${left}\n`);
      const { judged } = await writeReport([store], {
        storesDir: selection.storesDir,
        json: options.json === true,
        html: options.html,
        tables: suites.length === 0 && options.grep === undefined,
        interrupted: () => interrupt.signal.aborted,
      });
      if (interrupt.signal.aborted) process.stderr.write(`crosscheck: npx crosscheck report ${store} renders what was run\n`);
      process.exitCode = interrupt.signal.aborted ? 2 : exitCode(judged);
    });
}
