/** Starts `crosscheck run` and sends it a signal at a moment of its life, which is told by what stands in its folder and not by a clock. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Room } from './room.ts';

/** The checkout's root. */
export const checkout = fileURLToPath(new URL('../..', import.meta.url));

/** Who gets which signal: the run's process alone, the process of npx alone, or the whole group of the terminal (Ctrl-C). */
export type Blow = 'SIGKILL run' | 'SIGTERM run' | 'SIGINT run' | 'SIGINT group' | 'SIGINT npx' | 'SIGTERM npx' | 'SIGKILL npx';

/** Moments of a run in their order. */
export const MOMENTS = [
  'is loading',
  'has a folder',
  'has started its target',
  'has a plan',
  'has started its workers',
  'has a case started',
  'has 10 lines',
  'has 60 lines',
  'has ended its workers',
  'has written JUnit',
] as const;
export type Moment = (typeof MOMENTS)[number];

/** How the run ended after the blow, and all that it said. */
export interface StruckRun {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
  /** From the blow to the end. */
  readonly milliseconds: number;
}

const REACHES_MS = 60_000;
const ENDS_MS = 20_000;

/** Environment in which everything temporary of a run lies in the room. */
export function ownTemporary(room: Room): Readonly<Record<string, string>> {
  const tmp = join(room.dir, 'tmp');
  mkdirSync(tmp, { recursive: true });
  return { ...room.env, TMPDIR: tmp, NODE_DISABLE_COMPILE_CACHE: '1' };
}

/** Runs `args` of `crosscheck run` with its store below `out`, and strikes at `moment`. Throws when the moment never comes, or the run never ends. */
export function strike(room: Room, args: readonly string[], out: string, blow: Blow, moment: Moment): Promise<StruckRun> {
  const [signal, whom] = blow.split(' ') as [NodeJS.Signals, 'run' | 'npx' | 'group'];
  return during(room, args, out, whom, moment, (pid) => void process.kill(whom === 'group' ? -pid : pid, signal));
}

/** As `strike`, with any act in place of a signal; `act` gets the process id of the run, or of its npx. */
export async function during(
  room: Room,
  args: readonly string[],
  out: string,
  whom: 'run' | 'npx' | 'group',
  moment: Moment,
  act: (pid: number) => void,
): Promise<StruckRun> {
  const command = whom === 'run' ? [process.execPath, 'cli/crosscheck.mjs'] : ['npx', 'crosscheck'];
  const [program = '', ...rest] = [...command, 'run', ...args, '--report', out];
  const child = spawn(program, rest, { cwd: checkout, env: ownTemporary(room), stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  // Not 'exit': behind an npx that was killed the run still holds stdout until it has ended.
  const ended = once(child, 'close');
  try {
    await until(`run that ${moment}`, REACHES_MS, () => child.exitCode !== null || reached(moment, out));
    const struckAt = performance.now();
    if (child.pid === undefined || child.exitCode !== null)
      throw new Error(`run that ${moment}: expected it before its end, got exit ${child.exitCode}: ${stderr}`);
    act(child.pid);
    const how = await Promise.race([ended, wait(ENDS_MS, null, { ref: false })]);
    if (how === null) throw new Error(`run struck when it ${moment}: expected its end within ${ENDS_MS} ms, got none; it said: ${stderr}`);
    const [code, by] = how as [number | null, string | null];
    return { code, signal: by, stdout, stderr, milliseconds: performance.now() - struckAt };
  } finally {
    endGroup(child);
  }
}

function reached(moment: Moment, out: string): boolean {
  const dir = existsSync(out) ? readdirSync(out).map((name) => join(out, name))[0] : undefined;
  if (moment === 'is loading') return true;
  if (dir === undefined) return false;
  const read = (name: string) => (existsSync(join(dir, name)) ? readFileSync(join(dir, name), 'utf8') : '');
  const journal = read('journal.ndjson');
  const said = (event: string, id: string) => journal.split('\n').some((line) => line.includes(`"${event}"`) && line.includes(`"${id}"`));
  const lines = () =>
    readdirSync(dir)
      .filter((name) => name.startsWith('worker-'))
      .reduce((sum, name) => sum + read(name).split('\n').length - 1, 0);
  switch (moment) {
    case 'has a folder':
      return journal !== '';
    case 'has started its target':
      return said('started', 'embedded target');
    case 'has a plan':
      return existsSync(join(dir, 'run.json'));
    case 'has started its workers':
      return said('started', 'vitest group 1');
    case 'has a case started':
      return lines() >= 1;
    case 'has 10 lines':
      return lines() >= 10;
    case 'has 60 lines':
      return lines() >= 60;
    case 'has ended its workers':
      return said('removed', 'vitest group 1');
    case 'has written JUnit':
      return existsSync(join(dir, 'junit.xml'));
  }
}

/** Processes whose arguments or environment name `text`, but for this one: `pid command`. */
export function processesNaming(text: string): readonly string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((pid) => {
      try {
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
        return `${command}${readFileSync(`/proc/${pid}/environ`, 'utf8')}`.includes(text) ? [`${pid} ${command.slice(0, 120)}`] : [];
      } catch {
        // It ended while it was looked at, or is another user's.
        return [];
      }
    });
}

/** Waits, looking every 20 ms. Throws, naming what was waited for, when it does not come in time. */
export async function until(what: string, milliseconds: number, holds: () => boolean): Promise<void> {
  const end = performance.now() + milliseconds;
  while (!holds()) {
    if (performance.now() > end) throw new Error(`${what}: expected within ${milliseconds} ms, got none`);
    await wait(20);
  }
}

function endGroup(child: ChildProcess): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  } catch {
    // The whole group has gone by itself.
  }
}
