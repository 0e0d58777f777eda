/** `crosscheck clean`: removes what a run left behind after it was killed, by its journal. */
import { Command } from 'commander';
import { cleanLeftovers } from '../suites/run/clean.ts';
import { STORES } from '../suites/run/run-suites.ts';
import { jsonOption } from './options.ts';

export function command(): Command {
  return new Command('clean')
    .description('remove what killed runs left behind')
    .option('--report <dir>', 'where the stores of the runs stand', STORES)
    .option('--target <file>', 'target file for what stands on a deployment; without it the one that the run named')
    .addOption(jsonOption())
    .addHelpText('after', '\nExamples:\n  npx crosscheck clean\n  npx crosscheck clean --target fixtures/targets/staging.yaml\n')
    .action(async ({ report, target, json }: { report: string; target?: string; json?: true }) => {
      const { removed, remaining, running } = await cleanLeftovers(report, target ?? null);
      if (json === true) process.stdout.write(`${JSON.stringify({ version: 1, removed, remaining, running })}\n`);
      else {
        for (const one of removed) process.stdout.write(`removed ${one}\n`);
        for (const one of remaining) process.stdout.write(`still there: ${one}\n`);
        for (const one of running) process.stdout.write(`left alone, since it runs: ${one}\n`);
        process.stdout.write(`${removed.length} removed, ${remaining.length} still there\n`);
      }
      process.exitCode = remaining.length === 0 ? 0 : 2;
    });
}
