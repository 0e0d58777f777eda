/** Runs a command of ours again, each time in a process of its own so that new code is loaded, when a source that it is made of changes. */
import { type ChildProcess, spawn } from 'node:child_process';
import { watch } from 'node:fs';
import { join } from 'node:path';

export interface RerunOptions {
  /** Program and arguments. */
  readonly command: readonly [string, ...string[]];
  /** Where it runs. */
  readonly cwd: string;
  readonly root: string;
  /** Folders below `root` whose sources count. */
  readonly folders: readonly string[];
  /** Ends the watch, and what runs. */
  readonly signal: AbortSignal;
  say(text: string): void;
}

/** What is read when a case runs; an editor's own files are none of it. */
const SOURCE = /(?:^|[/\\])[^./\\][^/\\]*\.(?:ts|graphql|py|ya?ml|json)$/;
/** An editor writes a file in several steps; the last of them is seen to come within 20 ms. */
const SETTLES_MS = 60;

/** Resolves when the signal ends it, with the exit code of the last run that came to its end; 2 when none did. */
export async function rerunOnChange({ command: [program, ...args], cwd, root, folders, signal, say }: RerunOptions): Promise<number> {
  let last = 2;
  let running: { readonly child: ChildProcess; readonly ended: Promise<void> } | null = null;
  let changed = new Set<string>();
  let wake: () => void = () => undefined;
  const watchers = folders.map((folder) =>
    watch(join(root, folder), { recursive: true }, (_, name) => {
      if (name === null || !SOURCE.test(name)) return;
      changed.add(join(folder, name));
      wake();
    }).on('error', (error: NodeJS.ErrnoException) => {
      // A file that an editor made and took away again before it could be looked at.
      if (error.code !== 'ENOENT') say(`\nwatching ${folder}: ${error.message}\n`);
    }),
  );
  const start = () => {
    // In a group of its own: Ctrl-C of a terminal reaches a whole group, and ours is the one signal that it is to get.
    const child = spawn(program, args, { cwd, stdio: ['ignore', 'inherit', 'inherit'], detached: true });
    const ended = new Promise<void>((resolve) => {
      child.once('close', (code) => {
        if (code !== null && changed.size === 0 && !signal.aborted) last = code;
        if (running?.child === child) running = null;
        resolve();
      });
    });
    running = { child, ended };
  };
  const end = async () => {
    const current = running;
    if (current === null) return;
    current.child.kill('SIGTERM');
    await current.ended;
  };
  signal.addEventListener('abort', () => wake(), { once: true });
  try {
    start();
    while (!signal.aborted) {
      await new Promise<void>((resolve) => {
        wake = resolve;
        if (signal.aborted || changed.size > 0) resolve();
      });
      if (signal.aborted) break;
      await new Promise((resolve) => setTimeout(resolve, SETTLES_MS));
      await end();
      say(`\n${[...changed].sort().join(', ')} changed; running again\n`);
      changed = new Set();
      start();
    }
    return last;
  } finally {
    for (const one of watchers) one.close();
    await end();
  }
}
