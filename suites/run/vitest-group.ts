/**
 * Hosts planned cases in vitest, in a process group of its own. Vitest's exit code, list and counts are never read: it exits 0 on a filter that
 * matches nothing, loses the passed tests of a killed worker, and cannot interrupt a loop. What happened is what the workers wrote.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { COLLECT_SOONER } from '../../fixtures/collect-sooner.ts';
import { root } from '../case/suite-files.ts';

export interface VitestGroup {
  readonly pid: number;
  /** Resolves when vitest has ended, with the last of what it said on stderr. */
  readonly ended: Promise<{ readonly code: number | null; readonly signal: string | null; readonly stderr: string }>;
  /** Ends the whole group: TERM, and KILL when it does not go. */
  end(): Promise<void>;
}

/** Vitest's command line. */
export const VITEST = join(root, 'node_modules/vitest/vitest.mjs');
const HOST = join(root, 'suites/run/vitest-host.ts');
/** It only hands out files and collects what the workers say. */
const HOST_MEMORY = ['--max-semi-space-size=1', ...COLLECT_SOONER];
const GOES_WITHIN_MS = 3_000;

/** Starts vitest on these suite files. `env` carries the run's settings to the workers; `log` gets what vitest and the suites print. */
export function startVitest(files: readonly string[], env: Readonly<Record<string, string>>, allureDir: string): VitestGroup {
  const child = spawn(
    process.execPath,
    [...HOST_MEMORY, HOST, 'run', '--configLoader', 'native', '--project', 'suites*', '--config', join(root, 'vitest.config.ts'), ...files],
    {
      cwd: root,
      detached: true,
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...process.env, ...env, CROSSCHECK_ALLURE_DIR: allureDir, FORCE_COLOR: '0' },
    },
  );
  let said = '';
  const keep = (text: string) => {
    said = (said + text).slice(-16_000);
  };
  child.stderr.setEncoding('utf8').on('data', keep);
  child.stdout.setEncoding('utf8').on('data', keep);
  // A write to a host that is gone says EPIPE here; its end says the same with more.
  child.stdin.on('error', () => undefined);
  const ended = once(child, 'close').then(([code, signal]) => ({
    code: code as number | null,
    signal: signal as string | null,
    stderr: said,
  }));
  return {
    pid: child.pid ?? -1,
    ended,
    async end() {
      kill(child, 'SIGTERM');
      const timer = setTimeout(() => kill(child, 'SIGKILL'), GOES_WITHIN_MS);
      await ended;
      clearTimeout(timer);
      // A worker that ignored TERM outlives vitest itself; the group is ours alone.
      kill(child, 'SIGKILL');
    },
  };
}

function kill(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
