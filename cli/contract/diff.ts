/** `crosscheck contract diff`: what changed between two schemas, and whom it breaks. */
import { Command, Option } from 'commander';
import { diffContracts, diffExitCode } from '../../schemas/diff/diff-contracts.ts';
import { renderDiff } from './diff-text.ts';
import { openSchemas, parseSchemaNames, readTokens } from './open-schemas.ts';
import { findBelow } from './source-tree.ts';

interface Options {
  readonly used?: readonly string[];
  readonly tokenEnv: readonly string[];
  readonly format: 'text' | 'json';
}

export function command(): Command {
  return new Command('diff')
    .description('what changed between two schemas: breaking, dangerous, safe; and whom it breaks')
    .argument('<old>', 'URL, or file with SDL or the answer to introspection')
    .argument('<new>', 'the same')
    .option('--used <path...>', 'sources: only what their operations use counts as breaking, and each change lists them')
    .addOption(
      new Option('--token-env <variable>', 'environment variable with the token of the live schema; old=VARIABLE and new=VARIABLE for two')
        .argParser((one: string, before: readonly string[]) => [...before, one])
        .default([], 'none'),
    )
    .addOption(new Option('--format <form>', 'how to print it').choices(['text', 'json']).default('text'))
    .addHelpText('after', '\nExample:\n  npx crosscheck contract diff old.graphql https://registry.example.com/graphql --used src\n')
    .action(async (before: string, after: string, { used, tokenEnv, format }: Options) => {
      const names = parseSchemaNames([`old=${before}`, `new=${after}`]);
      const [was, is] = await openSchemas(names, readTokens(tokenEnv, names, process.env));
      if (was === undefined || is === undefined) return;
      const found = await diffContracts(await was.contract(), await is.contract(), used === undefined ? null : await findBelow(used));
      const exitCode = diffExitCode(found);
      process.stdout.write(format === 'json' ? `${JSON.stringify({ version: 1, exitCode, ...found })}\n` : renderDiff(found, exitCode));
      process.exitCode = exitCode;
    });
}
