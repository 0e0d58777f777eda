/** Interrupted and killed runs: they end in seconds, say what they know, and leave nothing that `clean` does not remove or the next run stumbles over. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type RealCheck, RealFailure } from './check.ts';
import type { Room } from './room.ts';
import { type Blow, checkout, MOMENTS, type Moment, ownTemporary, processesNaming, type StruckRun, strike } from './run-under-signal.ts';

const CASES = ['parity', '--grep', 'browse'];
const AFTER_THE_CASES: readonly Moment[] = ['has ended its workers', 'has written JUnit'];
const CLEAN_WITHIN_MS = 20_000;
/** Ctrl-C at npx alone: dash and npm tell nobody, and the run is to notice (0.3 to 1 s seen). */
const NPX_INTERRUPTED_WITHIN_MS = 2_000;

/** A check of one blow at some moments, each followed by `clean`. */
export function killedRun(blow: Blow, moments: readonly Moment[] = MOMENTS): RealCheck {
  return {
    name: `a run leaves nothing behind: ${blow} when it ${moments.length === MOMENTS.length ? 'does anything' : moments.join(', or ')}`,
    async run(room) {
      const wrong: string[] = [];
      const took: number[] = [];
      for (const [n, moment] of moments.entries()) {
        const out = join(room.dir, `out-${n}`);
        const run = await strike(room, [...CASES, ...(moment === 'has written JUnit' ? [] : ['--no-html'])], out, blow, moment);
        took.push(run.milliseconds);
        if (blow === 'SIGINT npx' && run.milliseconds > NPX_INTERRUPTED_WITHIN_MS)
          wrong.push(
            `${blow} when it ${moment}: expected its end within ${NPX_INTERRUPTED_WITHIN_MS} ms, got ${Math.round(run.milliseconds)}`,
          );
        wrong.push(...[...endingOf(blow, moment, run), ...(await leftBy(room, out))].map((one) => `${blow} when it ${moment}: ${one}`));
      }
      if (wrong.length > 0) throw new RealFailure(wrong);
      return { detail: `${moments.length} moments, ended within ${Math.round(Math.max(...took))} ms` };
    },
  };
}

/** What is wrong with how it ended. A killed one cannot say anything; one that was asked to end says what it knows. */
function endingOf(blow: Blow, moment: Moment, { code, stdout, stderr }: StruckRun): readonly string[] {
  if (blow.startsWith('SIGKILL') || blow.endsWith('npx') || moment === 'is loading') return [];
  const wrong: string[] = [];
  // A signal that comes while the reports are written may be heard when all is told: then the run is whole, and says so.
  const whole = AFTER_THE_CASES.includes(moment) && code === 0 && /\d+ planned = (?!.*(?:not-run|broken|failed))/.test(stdout);
  if (blow.endsWith('run') && code !== 2 && !whole) wrong.push(`exit: expected 2, got ${code}`);
  if (!/^\d+ planned = /m.test(stdout))
    wrong.push(`summary: expected one, got ${JSON.stringify(stdout.slice(-300))} and ${stderr.slice(-300)}`);
  if (/\d+ not-run$/m.test(stdout) && !stdout.includes('interrupted'))
    wrong.push('reason of the cases that did not run: expected the interruption');
  if (/^\s+at .+:\d+:\d+\)?$/m.test(stderr)) wrong.push(`stderr: expected no stack, got ${stderr.slice(-500)}`);
  return wrong;
}

/** What is left after `clean`: processes, folders, and stores that cannot be read. */
async function leftBy(room: Room, out: string): Promise<readonly string[]> {
  const crosscheck = (...args: string[]) =>
    room.run([process.execPath, 'cli/crosscheck.mjs', ...args], { cwd: checkout, env: ownTemporary(room), deadlineMs: CLEAN_WITHIN_MS });
  const wrong: string[] = [];
  const clean = await crosscheck('clean', '--report', out);
  if (clean.code !== 0) wrong.push(`clean: expected exit 0, got ${clean.code}: ${clean.stdout}${clean.stderr}`);
  wrong.push(...processesNaming(room.dir).map((one) => `expected no process, got ${one}`));
  wrong.push(...readdirSync(join(room.dir, 'tmp')).map((name) => `temporary folder: expected nothing, got ${name}`));
  for (const name of existsSync(out) ? readdirSync(out) : []) {
    const inside = readdirSync(join(out, name));
    if (inside.includes('embedded-data')) wrong.push(`${name}: expected no data of the target, got some`);
    if (!inside.includes('run.json')) wrong.push(`${name}: expected a store or nothing, got ${inside.join()}`);
    else {
      const report = await crosscheck('report', join(out, name), '--json', '--report', out);
      if (report.code === null || !report.stdout.startsWith('{')) wrong.push(`report of ${name}: expected one, got ${report.stderr}`);
    }
  }
  return wrong;
}
