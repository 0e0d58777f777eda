/** `crosscheck list`: every case of the plan, and what each backend lacks and why. */
import { Command } from 'commander';
import type { PlannedCase } from '../reports/result.ts';
import { tally } from '../reports/verdicts.ts';
import { planRun } from '../suites/run/run-suites.ts';
import { backendOption, jsonOption, parseBackends, targetOption } from './options.ts';
import { describeTarget } from './with-target.ts';

export function command(): Command {
  return new Command('list')
    .description('every case with its id, level and needs; what each backend lacks and why')
    .argument('[suite...]', 'areas (parity), scenarios (parity/…) or ids')
    .addOption(targetOption())
    .addOption(backendOption())
    .option('--grep <text>', 'only cases whose id or title contains it')
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  npx crosscheck list parity --grep update\n')
    .action(async (suites: string[], options: { target: string; backend?: string; grep?: string; json?: true }) => {
      const selection = { suites, backends: parseBackends(options.backend), grep: options.grep ?? null, tags: [], ids: null, shard: null };
      const { plan, backends } = await planRun(describeTarget(options.target), selection);
      const lacks = backends.flatMap(({ name, supports }) =>
        Object.entries(supports).flatMap(([what, support]) => (support === true ? [] : [{ backend: name, what, reason: support.no }])),
      );
      if (options.json === true) process.stdout.write(`${JSON.stringify({ version: 1, planned: plan.length, cases: plan, lacks })}\n`);
      else
        process.stdout.write(
          `${[...plan.map(line), '', ...lacks.map((l) => `${l.backend} lacks ${l.what}: ${l.reason}`), '', total(plan)].join('\n')}\n`,
        );
      process.exitCode = plan.length === 0 ? 2 : 0;
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
