/** Time and memory of the main job, as a person runs it, HTML page included. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { type Figure, figure, median } from './figure.ts';
import { runMeasured, UNWATCHED } from './run-child.ts';

const MB = 1_000_000;
/** Runs that are timed, and not watched; memory and processor are those of one more. */
const TIMES = 3;

/** What of the run's JSON is read here; an early end prints `{ version, error }` in its place. */
const counts = z.object({ planned: z.int().positive(), passed: z.int(), broken: z.int(), notRun: z.int() });

/** What the tighter budget is for. */
const PLATFORM_SUITES = ['parity', 'interop', 'contract'];

/** Runs of all suites, and of those of the platform alone, on the embedded target. Throws when a case was broken or not run. */
export async function measureMainJob(): Promise<readonly Figure[]> {
  const stores = mkdtempSync(join(tmpdir(), 'crosscheck-bench-'));
  try {
    const timed = async (suites: readonly string[]): Promise<number> =>
      (await runMeasured('cli/crosscheck.mjs', ['run', ...suites, '--json', '--report', stores], UNWATCHED)).seconds;
    const [all, platform]: [number[], number[]] = [[], []];
    for (let time = 0; time < TIMES; time++) {
      platform.push(await timed(PLATFORM_SUITES));
      all.push(await timed([]));
    }
    const seconds = median(all);
    const { code, stdout, stderr, use } = await runMeasured('cli/crosscheck.mjs', ['run', '--json', '--report', stores]);
    const told = counts.safeParse(stdout.startsWith('{') ? JSON.parse(stdout) : null);
    if (!told.success) throw new Error(`crosscheck run: expected its JSON, got exit ${code}: ${(stdout || stderr).slice(-1_000)}`);
    const { planned, passed, broken, notRun } = told.data;
    // Cases that did not come to a verdict make a run shorter or longer than it is.
    if (broken + notRun > 0) {
      const after = `${seconds.toFixed(1)} s and ${(use.peakBytes / MB).toFixed(0)} MB`;
      throw new Error(`crosscheck run: expected a verdict on ${planned} cases, got ${broken} broken and ${notRun} not run, in ${after}`);
    }
    const cpu = use.seconds.reduce((sum, each) => sum + each.seconds, 0);
    const shares = (items: readonly (readonly [string, number])[]) =>
      items.map(([name, amount]) => `${name} ${amount.toFixed(0)}`).join(', ');
    return [
      figure('parity and contract, time', median(platform), 's', `median of ${TIMES} in turns with the main job`, {
        budget: { kind: 'most', value: 20 },
      }),
      figure('main job, time', seconds, 's', `all suites, median of ${TIMES}; ${planned} cases, ${passed} passed, exit ${code}`, {
        budget: { kind: 'most', value: 60 },
      }),
      figure('main job, memory', use.peakBytes / MB, 'MB', `PSS: ${shares(use.atPeak.map(({ name, bytes }) => [name, bytes / MB]))}`, {
        budget: { kind: 'most', value: 700 },
      }),
      figure(
        'main job, processor',
        cpu,
        's',
        shares(use.seconds.filter((each) => each.seconds >= 0.5).map((each) => [each.name, each.seconds])),
      ),
    ];
  } finally {
    rmSync(stores, { recursive: true, force: true });
  }
}
