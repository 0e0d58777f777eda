/** `crosscheck contract coverage`: what of a schema no operation touches. */
import { writeFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import { coverageOf } from '../../schemas/coverage/coverage.ts';
import { coveragePage } from '../../schemas/coverage/coverage-page.ts';
import { renderCoverage } from '../../schemas/coverage/coverage-text.ts';
import { UsageError } from '../failure.ts';
import { openSchema } from './open-schemas.ts';
import { findBelow } from './source-tree.ts';

interface Options {
  readonly schema: string;
  readonly tokenEnv?: string;
  readonly format: 'text' | 'json' | 'html';
  readonly out?: string;
}

export function command(): Command {
  return new Command('coverage')
    .description('what of a schema the operations of sources touch, and what none does')
    .argument('<path...>', 'files and folders of sources')
    .requiredOption('--schema <url|file>', 'URL, or file with SDL or the answer to introspection')
    .option('--token-env <name>', 'environment variable with the bearer token to ask a URL with')
    .addOption(new Option('--format <form>', 'how to print it').choices(['text', 'json', 'html']).default('text'))
    .option('--out <file>', 'write it there in place of stdout')
    .addHelpText('after', '\nExample:\n  npx crosscheck contract coverage src --schema schema.graphql --format html --out coverage.html\n')
    .action(async (paths: string[], { schema, tokenEnv, format, out }: Options) => {
      const contract = await (await openSchema(schema, tokenEnv)).contract();
      const coverage = coverageOf(contract, await findBelow(paths));
      const text =
        format === 'json'
          ? `${JSON.stringify({ version: 1, ...coverage })}\n`
          : format === 'html'
            ? coveragePage(coverage)
            : renderCoverage(coverage);
      if (out === undefined) process.stdout.write(text);
      else write(out, text);
      // Without a document nothing was asked.
      process.exitCode = coverage.documents === 0 ? 2 : 0;
    });
}

function write(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (cause) {
    throw new UsageError(`--out: expected a file that can be written, got ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    });
  }
}
