/** `crosscheck repro`: one case on its backends side by side, without any test framework, and one redacted file that tells it all. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { didYouMean } from '../reports/did-you-mean.ts';
import { readRecord } from '../reports/read-store.ts';
import { exitCode } from '../reports/verdicts.ts';
import { root } from '../suites/case/suite-files.ts';
import { type ExportForm, exportRepro } from '../suites/repro/export-repro.ts';
import { reproCase } from '../suites/repro/repro-case.ts';
import { type ReproFile, writtenRepro } from '../suites/repro/repro-file.ts';
import { sweepClaims } from '../suites/run/claims.ts';
import { openRunFolder } from '../suites/run/run-folder.ts';
import { planRun, STORES } from '../suites/run/run-suites.ts';
import { EVERYTHING } from '../suites/run/selection.ts';
import { describeCase } from './describe-case.ts';
import { exportOption } from './export-option.ts';
import { UsageError } from './failure.ts';
import { interruptible } from './interrupt.ts';
import { backendOption, jsonOption, parseBackends, parseWhole, seedOption, targetOption } from './options.ts';
import { rerunOnChange } from './rerun-on-change.ts';
import { openTarget } from './with-target.ts';

/** Folders whose code a case runs. */
const SOURCES = ['backends', 'suites', 'schemas'] as const;

interface Options {
  readonly target: string;
  readonly backend?: string;
  readonly seed: string;
  readonly from?: string;
  readonly export?: ExportForm;
  readonly watch?: true;
  readonly json?: true;
}

export function command(): Command {
  return new Command('repro')
    .description('run one case on its backends side by side')
    .argument('<case>', 'id of a case, as every report gives it')
    .addOption(targetOption())
    .addOption(backendOption())
    .addOption(seedOption())
    .option('--from <store>', 'take the seed and the target from that store')
    .addOption(exportOption())
    .option('--watch', `run again when a file below ${SOURCES.join(', ')} changes, until Ctrl-C`)
    .addOption(jsonOption())
    .addHelpText(
      'after',
      '\nExamples:\n  npx crosscheck repro parity/update-keeps-the-rest/backend:platform\n  npx crosscheck repro CASE --from reports/out/RUN --backend platform --watch\n',
    )
    .action(async (id: string, options: Options, command: Command) => {
      const { signal } = interruptible('ending what was started');
      if (options.watch === true) {
        const again = process.argv.slice(2).filter((argument) => argument !== '--watch');
        const entry = join(import.meta.dirname, 'crosscheck.mjs');
        const say = (text: string) => void process.stderr.write(text);
        process.exitCode = await rerunOnChange({
          command: [process.execPath, entry, ...again],
          cwd: process.cwd(),
          root,
          folders: SOURCES,
          signal,
          say,
        });
        return;
      }
      const given = (name: string) => command.getOptionValueSource(name) === 'cli';
      const { target: name, seed } = await placeOf(options, given);
      const backends = options.backend === undefined ? backendsIn(id) : parseBackends(options.backend);
      using folder = openRunFolder(STORES);
      await using open = await openTarget(name, folder);
      const { target, argument } = open;
      const run = { id: folder.runId, part: 'repro', journal: folder.journal, targetFile: open.file };
      const told = await reproCase(id, { target, targetArgument: argument, run, backends, seed, signal });
      for (const left of await sweepClaims(target, folder.dir)) process.stderr.write(`still there: ${left}\n`);
      if (told === null) throw await noSuchCase(id, open.target, backends);
      const results = told.cases.map(({ result }) => result);
      const file = write(told);
      const text = `${results.map((result) => describeCase(result)).join('\n\n')}\n\nEverything, redacted: ${file}\n  npx crosscheck replay ${file}\n`;
      if (options.export !== undefined) {
        process.stderr.write(text);
        process.stdout.write(exportRepro(told, options.export, options.backend === undefined ? null : backends));
      } else if (options.json === true) process.stdout.write(`${JSON.stringify({ version: 1, seed, cases: results, file })}\n`);
      else process.stdout.write(text);
      process.exitCode = exitCode(results);
    });
}

/** Target and seed as they were given, else as the store has them. */
async function placeOf(options: Options, given: (name: string) => boolean): Promise<{ target: string; seed: number }> {
  const own = { target: options.target, seed: parseWhole('--seed', options.seed) };
  if (options.from === undefined) return own;
  const { target, targetFile, seed } = readRecord(options.from);
  const from = targetFile ?? (target === 'embedded' ? 'embedded' : undefined);
  if (from === undefined && !given('target'))
    throw new UsageError(
      `--from ${options.from}: expected a store that names its target file, got the target ${target} alone; say --target FILE`,
    );
  return { target: given('target') || from === undefined ? own.target : from, seed: given('seed') ? own.seed : seed };
}

/** The backends that an id names, or the default ones. */
function backendsIn(id: string): ReturnType<typeof parseBackends> {
  const named = [...id.matchAll(/\/(?:backend|agree|writer|reader):([a-z0-9~-]+)/g)].flatMap(([, names = '']) => names.split('~'));
  return parseBackends(named.length === 0 ? undefined : [...new Set(['quilt3', 'platform', ...named])].join(','));
}

async function noSuchCase(
  id: string,
  target: Parameters<typeof planRun>[0],
  backends: ReturnType<typeof parseBackends>,
): Promise<UsageError> {
  const { plan } = await planRun(target, { ...EVERYTHING, backends });
  const near = didYouMean(
    id,
    plan.map((planned) => planned.id),
  );
  return new UsageError(`case ${id}: expected one of the plan, got none of that id${near}; see \`npx crosscheck list\``);
}

function write(told: Omit<ReproFile, 'version'>): string {
  const dir = join(STORES, 'repro');
  mkdirSync(dir, { recursive: true });
  const file = join(dir, `${told.id.replaceAll(/[^a-z0-9-]+/g, '_')}.json`);
  writeFileSync(file, writtenRepro(told));
  return file;
}
