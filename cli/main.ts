#!/usr/bin/env node
/** The command line of Crosscheck: arguments in, exit code out. Each command is a module of its own, loaded only when asked for. */
import { Command, CommanderError } from 'commander';
import { explain } from './failure.ts';

const program = new Command('crosscheck')
  .description('Contract and end-to-end tests for the backends of the Quilt data-package platform')
  .exitOverride()
  .configureHelp({ showGlobalOptions: true })
  .showSuggestionAfterError();

for (const load of [
  () => import('./run.ts'),
  () => import('./list.ts'),
  () => import('./up.ts'),
  () => import('./repro.ts'),
  () => import('./report.ts'),
  () => import('./clean.ts'),
]) {
  program.addCommand((await load()).command().exitOverride());
}

// Who reads stdout may have read enough, as `head` does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else {
    process.stderr.write(`${explain(error)}\n`);
    process.exitCode = 2;
  }
}
