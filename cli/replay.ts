/** `crosscheck replay`: the backend's own code on recorded exchanges, offline. */
import { Command } from 'commander';
import { exitCode } from '../reports/verdicts.ts';
import { type ExportForm, exportRepro } from '../suites/repro/export-repro.ts';
import { type Replayed, replayCases } from '../suites/repro/replay-cases.ts';
import { readReproFile } from '../suites/repro/repro-file.ts';
import { describeCase } from './describe-case.ts';
import { exportOption } from './export-option.ts';
import { backendOption, jsonOption, parseBackends } from './options.ts';

export function command(): Command {
  return new Command('replay')
    .description('run a recorded case again, offline')
    .argument('<file>', 'the file that repro wrote')
    .addOption(backendOption())
    .addOption(exportOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      '\nExamples:\n  npx crosscheck replay reports/out/repro/parity_update-keeps-the-rest_backend_platform.json\n  npx crosscheck replay FILE --backend platform --export curl\n',
    )
    .action(async (path: string, options: { backend?: string; export?: ExportForm; json?: true }) => {
      const file = readReproFile(path);
      const names = options.backend === undefined ? null : parseBackends(options.backend);
      if (options.export !== undefined) {
        process.stdout.write(exportRepro(file, options.export, names));
        return;
      }
      const replayed = await replayCases(file, path, names);
      const results = replayed.map(({ result }) => result);
      const cases = replayed.map(({ recorded, result }) => ({ ...result, recorded: recorded.verdict }));
      if (options.json === true) process.stdout.write(`${JSON.stringify({ version: 1, seed: file.seed, cases })}\n`);
      else process.stdout.write(`${replayed.map((one) => describeCase(one.result, besideOf(one))).join('\n\n')}\n`);
      process.exitCode = exitCode(results);
    });
}

function besideOf({ recorded, result }: Replayed): string {
  return recorded.verdict === result.verdict ? '  as recorded' : `  recorded: ${recorded.verdict}`;
}
