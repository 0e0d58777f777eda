/** Child processes that are measured: how they are started, and what they must end with. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { root } from '../suites/case/suite-files.ts';
import { type TreeUse, watchTree } from './process-tree.ts';

/** As `everyMs`: looks at the tree once, when it has just begun. */
export const UNWATCHED = 2 ** 31 - 1;

/** A measured process that ended. */
export interface Ended {
  readonly seconds: number;
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly use: TreeUse;
}

/**
 * Runs `node SCRIPT ARGS` in the checkout to its end, with its whole tree watched, every `everyMs` where that is given, or `UNWATCHED`: to look is
 * work, two seconds of the main job's twenty.
 */
export async function runMeasured(script: string, args: readonly string[], everyMs?: number): Promise<Ended> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, [join(root, script), ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-4_000);
  });
  const closed = once(child, 'close').then(([code]) => ({ code: code as number | null, at: performance.now() }));
  const use = await watchTree(child.pid ?? -1, closed, everyMs);
  const { code, at } = await closed;
  return { seconds: (at - startedAt) / 1000, code, stdout, stderr, use };
}
