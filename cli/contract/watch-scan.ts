/** `contract scan --watch`: scans again when a file of the scan changes, until the process is asked to end. */
import { existsSync, type FSWatcher, watch } from 'node:fs';
import { dirname } from 'node:path';
import { explain } from '../failure.ts';
import { parseSchemaNames } from './open-schemas.ts';
import { type ScanHost, scanOnce, standardHost } from './scan.ts';
import type { ScanOptions } from './scan-options.ts';

/** An editor writes a file in several steps; one scan is enough for them. */
const SETTLE_MS = 100;

/** Scans, and again after each change; answers the exit code of the last scan. What cannot be told is printed, and does not end it. */
export async function watchScan(paths: readonly string[], options: ScanOptions, host: ScanHost = standardHost): Promise<number> {
  const ended = new AbortController();
  const end = () => ended.abort();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, end);
  let changed = false;
  let wake: (() => void) | null = null;
  const note = (file: string | null) => {
    if (file !== null && /(^|[\\/])(node_modules|\.git)([\\/]|$)/.test(file)) return;
    changed = true;
    wake?.();
  };
  const watchers = watchedPaths(paths, options).map((path): FSWatcher => {
    const watcher = watch(path, { recursive: true }, (_, file) => note(file));
    // A folder that goes away is seen by the next scan.
    return watcher.on('error', () => note(null));
  });
  const pause = (milliseconds: number | null): Promise<void> =>
    new Promise((resolve) => {
      const timer = milliseconds === null ? null : setTimeout(resolve, milliseconds);
      const done = () => {
        if (timer) clearTimeout(timer);
        resolve();
      };
      if (milliseconds === null) wake = done;
      ended.signal.addEventListener('abort', done, { once: true });
      if (ended.signal.aborted || (milliseconds === null && changed)) done();
    });
  let exit = 0;
  while (!ended.signal.aborted) {
    changed = false;
    try {
      exit = await scanOnce(paths, options, host);
    } catch (error) {
      process.stderr.write(`${explain(error)}\n`);
      exit = 2;
    }
    if (!ended.signal.aborted) process.stderr.write('watching; Ctrl-C ends it\n');
    await pause(null);
    wake = null;
    await pause(SETTLE_MS);
  }
  for (const watcher of watchers) watcher.close();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.off(signal, end);
  return exit;
}

/** What a scan reads: folders as they are; of a file its folder, since editors replace files. */
function watchedPaths(paths: readonly string[], { schema, waivers }: ScanOptions): readonly string[] {
  const files = [
    ...parseSchemaNames(schema).flatMap(({ url, source }) => (url === null ? [dirname(source)] : [])),
    ...(waivers === undefined ? [] : [dirname(waivers)]),
  ];
  return [...new Set([...paths, ...files])].filter((path) => existsSync(path));
}
