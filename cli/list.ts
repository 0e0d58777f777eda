/** `crosscheck list`: every case of the plan, and what each backend lacks and why. */
import { Command } from 'commander';
import type { PlannedCase } from '../reports/result.ts';
import { tally } from '../reports/verdicts.ts';
import { describeCalls, knownCalls } from '../suites/run/known-calls.ts';
import { planRun, STORES } from '../suites/run/run-suites.ts';
import { backendOption, jsonOption, parseBackends, targetOption } from './options.ts';
import { describeTarget } from './with-target.ts';

interface Options {
  readonly target: string;
  readonly backend?: string;
  readonly grep?: string;
  readonly calls?: true;
  readonly report: string;
  readonly json?: true;
}

export function command(): Command {
  return new Command('list')
    .description('every case, and what each backend lacks')
    .argument('[suite...]', 'areas (parity), scenarios (parity/…) or ids')
    .addOption(targetOption())
    .addOption(backendOption())
    .option('--grep <text>', 'only cases whose id or title contains it')
    .option('--calls', 'every request that a run would make, case by case')
    .option('--report <dir>', 'with --calls: where the stores of earlier runs stand', STORES)
    .addOption(jsonOption())
    .addHelpText('after', '\nExamples:\n  npx crosscheck list parity --grep update\n  npx crosscheck list parity --grep update --calls\n')
    .action(async (suites: string[], options: Options) => {
      const selection = { suites, backends: parseBackends(options.backend), grep: options.grep ?? null, tags: [], ids: null, shard: null };
      const target = describeTarget(options.target);
      const { plan, backends } = await planRun(target, selection);
      process.exitCode = plan.length === 0 ? 2 : 0;
      if (options.calls === true) {
        const known = knownCalls(plan, options.report, target.name);
        process.stdout.write(options.json === true ? `${JSON.stringify({ version: 1, ...known })}\n` : `${describeCalls(known)}\n`);
        return;
      }
      const lacks = backends.flatMap(({ name, supports }) =>
        Object.entries(supports).flatMap(([what, support]) => (support === true ? [] : [{ backend: name, what, reason: support.no }])),
      );
      if (options.json === true) process.stdout.write(`${JSON.stringify({ version: 1, planned: plan.length, cases: plan, lacks })}\n`);
      else
        process.stdout.write(
          `${[...plan.map(line), '', ...lacks.map((l) => `${l.backend} lacks ${l.what}: ${l.reason}`), '', total(plan)].join('\n')}\n`,
        );
    });
}

function line({ id, level, incidents, operations, unsupported }: PlannedCase): string {
  const facts = [level, ...incidents, operations.join(' ')].filter((fact) => fact !== '').join('  ');
  return unsupported === null ? `${id}  ${facts}` : `${id}  ${facts}\n    unsupported: ${unsupported}`;
}

function total(plan: readonly PlannedCase[]): string {
  const { unsupported } = tally(plan.map((planned) => ({ verdict: planned.unsupported === null ? 'not-run' : 'unsupported' })));
  const scenarios = new Set(plan.map(({ scenario }) => scenario)).size;
  return `${plan.length} cases of ${scenarios} scenarios, ${unsupported} of them unsupported here`;
}
