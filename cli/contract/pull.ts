/** `crosscheck contract pull`: a snapshot of a schema as sorted SDL, the same text for the same schema. */
import { writeFileSync } from 'node:fs';
import { Command } from 'commander';
import { printSnapshot } from '../../schemas/print-snapshot.ts';
import { jsonOption } from '../options.ts';
import { openSchema } from './open-schemas.ts';

export function command(): Command {
  return new Command('pull')
    .description('write a schema as normalised, sorted SDL, to commit and to compare')
    .argument('<schema>', 'URL of a live one, SDL file or introspection JSON')
    .option('--out <file>', 'where it is written; stdout without it')
    .option('--token-env <variable>', 'environment variable with the token of the live schema')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      '\nExample:\n  npx crosscheck contract pull https://registry.example.com/graphql --token-env TOKEN --out schema.graphql\n',
    )
    .action(async (source: string, { out, tokenEnv, json }: { out?: string; tokenEnv?: string; json?: true }) => {
      const contract = await (await openSchema(source, tokenEnv)).contract();
      const sdl = printSnapshot(contract);
      if (out !== undefined) writeFileSync(out, sdl);
      if (json === true)
        process.stdout.write(
          `${JSON.stringify({ version: 1, source: contract.source, hash: contract.hash, out: out ?? null, ...(out === undefined && { sdl }) })}\n`,
        );
      else if (out === undefined) process.stdout.write(sdl);
      else process.stderr.write(`${out}: ${Object.keys(contract.schema.getTypeMap()).length} types of ${contract.source}\n`);
    });
}
