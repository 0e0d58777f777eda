/** `crosscheck faults`: the proof that each incident is caught. */
import { Command, Option } from 'commander';
import { loadFaults } from '../fixtures/faults/fault-files.ts';
import { INCIDENTS } from '../fixtures/faults/incidents.ts';
import { platformOf } from '../fixtures/target.ts';
import { type FaultReport, runFaults } from '../suites/faults/run-faults.ts';
import { DEFAULT_BACKENDS, loadBackends } from '../suites/run/backends.ts';
import { openRunFolder } from '../suites/run/run-folder.ts';
import { STORES } from '../suites/run/run-suites.ts';
import { UsageError } from './failure.ts';
import { interruptible } from './interrupt.ts';
import { jsonOption } from './options.ts';
import { openTarget } from './with-target.ts';

interface Options {
  readonly full?: true;
  readonly empty?: true;
  readonly json?: true;
}

export function command(): Command {
  return new Command('faults')
    .description('make each known incident happen, and show what catches it')
    .argument('[id...]', 'incidents (P-10); all that are built when none is named')
    .option('--full', 'run every case under each fault, not only those that could notice it')
    .addOption(new Option('--empty', 'apply nothing: each fault must be missed').hideHelp())
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  npx crosscheck faults P-10 P-16\n')
    .action(async (ids: string[], options: Options) => {
      const all = await loadFaults();
      const built = new Set(all.map(({ id }) => id));
      for (const id of ids)
        if (!built.has(id))
          throw new UsageError(
            `fault ${id}: expected one of ${[...built].join(', ')}, got ${INCIDENTS.includes(id) ? 'one that is not built' : 'no incident'}`,
          );
      const faults = ids.length === 0 ? all : all.filter(({ id }) => ids.includes(id));
      const notBuilt = INCIDENTS.filter((id) => !built.has(id));
      const interrupt = interruptible();
      using folder = openRunFolder(STORES);
      await using open = await openTarget('embedded', folder);
      let done = 0;
      const reports = await runFaults({
        target: platformOf(open.target),
        backends: await loadBackends(DEFAULT_BACKENDS),
        faults,
        full: options.full === true,
        emptied: options.empty === true,
        dir: folder.dir,
        starting: { runId: folder.runId, journal: folder.journal },
        signal: interrupt.signal,
        progress(report) {
          if (report !== null) done++;
          showProgress(`${done} of ${faults.length} faults${report === null ? '' : `, ${report.id} ${report.verdict}`}`);
        },
      });
      showProgress('');
      const count = (verdict: FaultReport['verdict']) => reports.filter((report) => report.verdict === verdict).length;
      const falseAlarms = reports.reduce((sum, report) => sum + report.falseAlarms.length, 0);
      const whole = reports.length === faults.length;
      if (options.json === true) {
        const told = {
          version: 1,
          total: reports.length,
          caught: count('caught'),
          missed: count('missed'),
          falseAlarms,
          notBuilt,
          faults: reports,
        };
        process.stdout.write(`${JSON.stringify(told)}\n`);
      } else {
        process.stdout.write(render(reports, ids.length > 0));
        process.stdout.write(
          `\n${reports.length} faults: ${count('caught')} caught, ${count('missed')} missed, ${falseAlarms} false alarms, ${count('broken')} broken\n`,
        );
        if (ids.length === 0) process.stdout.write(`not built: ${notBuilt.join(', ')}\n`);
      }
      process.exitCode = !whole || count('broken') > 0 ? 2 : count('missed') + falseAlarms > 0 ? 1 : 0;
    });
}

/** Lines of a message that are shown, and the length of one. */
const MOST_LINES = 5;
const LONGEST_LINE = 240;

/** One line a fault, and below it what was wrong; with `messages` what the first case that caught it says, too. */
function render(reports: readonly FaultReport[], messages: boolean): string {
  return reports
    .map(({ id, verdict, caughtBy, message, durationMs, troubles }) => {
      const more = caughtBy.length > 1 ? ` and ${caughtBy.length - 1} more` : '';
      const by = caughtBy[0] === undefined ? '' : `  ${caughtBy[0]}${more}`;
      return [
        `${id}  ${verdict.padEnd(11)}  ${(durationMs / 1000).toFixed(1).padStart(5)} s${by}`,
        ...(messages && message !== null ? briefly(message) : []).map((text) => `      ${text}`),
        ...troubles.map((text) => `      ${text}`),
      ].join('\n');
    })
    .join('\n')
    .concat('\n');
}

function briefly(message: string): readonly string[] {
  const lines = message.split('\n');
  const more = lines.length - MOST_LINES;
  return [...lines.slice(0, MOST_LINES).map((line) => line.slice(0, LONGEST_LINE)), ...(more > 0 ? [`(and ${more} more)`] : [])];
}

function showProgress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[2K${text.slice(0, Math.max(0, (process.stderr.columns ?? 80) - 1))}`);
}
