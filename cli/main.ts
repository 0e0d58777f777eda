#!/usr/bin/env node
/** The command line of Crosscheck: arguments in, exit code out. Each command is a module of its own, loaded only when asked for. */
import './lean-node.mjs';
import { Command, CommanderError } from 'commander';
import { explain } from './failure.ts';

const program = new Command('crosscheck')
  .description('Contract and end-to-end tests for the backends of the Quilt data-package platform')
  .exitOverride()
  .configureHelp({ showGlobalOptions: true })
  .addHelpText('after', '\nExample:\n  npx crosscheck run parity --grep update    then: npx crosscheck COMMAND --help\n')
  .showSuggestionAfterError();

const commands: Readonly<Record<string, () => Promise<{ command(): Command }>>> = {
  run: () => import('./run.ts'),
  list: () => import('./list.ts'),
  up: () => import('./up.ts'),
  repro: () => import('./repro.ts'),
  replay: () => import('./replay.ts'),
  faults: () => import('./faults.ts'),
  report: () => import('./report.ts'),
  clean: () => import('./clean.ts'),
  init: () => import('./init.ts'),
  contract: () => import('./contract.ts'),
  plan: () => import('./plan.ts'),
};
const asked = commands[process.argv[2] ?? ''];
for (const load of asked === undefined ? Object.values(commands) : [asked]) program.addCommand((await load()).command().exitOverride());

// Who reads stdout may have read enough, as `head` does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

try {
  await program.parseAsync();
} catch (error) {
  const wrong = !(error instanceof CommanderError) || error.exitCode !== 0;
  const text = error instanceof CommanderError ? error.message : explain(error);
  // Commander has said its own on stderr.
  if (!(error instanceof CommanderError)) process.stderr.write(`${text}\n`);
  if (wrong && (process.argv.includes('--json') || /--format[ =]json\b/.test(process.argv.join(' '))))
    process.stdout.write(`${JSON.stringify({ version: 1, error: text })}\n`);
  process.exitCode = wrong ? 2 : 0;
}
