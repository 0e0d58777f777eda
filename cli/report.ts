/** `crosscheck report`: renders the reports of a run again, or merges its shards into one. */
import { Command } from 'commander';
import { exitCode } from '../reports/verdicts.ts';
import { newestStore } from '../suites/run/newest-store.ts';
import { STORES } from '../suites/run/run-suites.ts';
import { jsonOption } from './options.ts';
import { writeReport } from './write-report.ts';

export function command(): Command {
  return new Command('report')
    .description('render a store again, or merge shards')
    .argument('[store...]', 'folders of stores; the newest run when none is named')
    .option('--report <dir>', 'where a merged report is written, and earlier runs are looked for', STORES)
    .addOption(jsonOption())
    .addHelpText(
      'after',
      '\nExamples:\n  npx crosscheck report\n  npx crosscheck report out/shard-1/* out/shard-2/* out/shard-3/* --report out/merged\n',
    )
    .action(async (stores: string[], { report, json }: { report: string; json?: true }) => {
      const named = stores.length > 0 ? stores : [newestStore(report)];
      const into = named.length > 1 ? { into: report } : {};
      const { judged } = await writeReport(named, { storesDir: report, json: json === true, html: true, tables: true, ...into });
      process.exitCode = exitCode(judged);
    });
}
