/** `crosscheck contract diff`: what changed between two schemas, and whom it breaks. */
import { Command, Option } from 'commander';
import { contractOfText } from '../../backends/wire/proxy/clerk-thread.ts';
import { diffContracts, diffExitCode } from '../../schemas/diff/diff-contracts.ts';
import { renderDiff } from './diff-text.ts';
import { readSchemaSource, tokenOf } from './schema-source.ts';
import { findBelow } from './source-tree.ts';

interface Options {
  readonly used?: readonly string[];
  readonly tokenEnv?: string;
  readonly format: 'text' | 'json';
}

export function command(): Command {
  return new Command('diff')
    .description('what changed between two schemas: breaking, dangerous, safe; and whom it breaks')
    .argument('<old>', 'URL, or file with SDL or the answer to introspection')
    .argument('<new>', 'the same')
    .option('--used <path...>', 'sources: only what their operations use counts as breaking, and each change lists them')
    .option('--token-env <name>', 'environment variable with the bearer token to ask a URL with')
    .addOption(new Option('--format <form>', 'how to print it').choices(['text', 'json']).default('text'))
    .addHelpText('after', '\nExample:\n  npx crosscheck contract diff old.graphql https://registry.example.com/graphql --used src\n')
    .action(async (before: string, after: string, { used, tokenEnv, format }: Options) => {
      const token = tokenOf(tokenEnv);
      const [was, is] = [contractOfText(await readSchemaSource(before, token)), contractOfText(await readSchemaSource(after, token))];
      const found = await diffContracts(was, is, used === undefined ? null : await findBelow(used));
      const exitCode = diffExitCode(found);
      process.stdout.write(format === 'json' ? `${JSON.stringify({ version: 1, exitCode, ...found })}\n` : renderDiff(found, exitCode));
      process.exitCode = exitCode;
    });
}
