/** `contract scan --watch`: scans again when a file of the scan changes, until it is asked to end. */
import { existsSync, type FSWatcher, watch } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { explain } from '../failure.ts';
import { parseSchemaNames } from './open-schemas.ts';
import { type ScanHost, scanOnce, standardHost } from './scan.ts';
import type { ScanOptions } from './scan-options.ts';
import { sourceFolders } from './source-tree.ts';

/** An editor writes a file in several steps; one scan is enough for them. */
const SETTLE_MS = 100;

/** Scans, and again after each change; answers the exit code of the last scan. What cannot be told is printed, and does not end it. */
export async function watchScan(
  paths: readonly string[],
  options: ScanOptions,
  ended: AbortSignal = askedToEnd(),
  host: ScanHost = standardHost,
): Promise<number> {
  using folders = watchFolders(resolve(options.cacheDir));
  let exit = 0;
  while (!ended.aborted) {
    // Watched before it is read, so that no change falls between.
    folders.set(watchedFolders(paths, options));
    try {
      exit = await scanOnce(paths, options, host);
    } catch (error) {
      process.stderr.write(`${explain(error)}\n`);
      exit = 2;
    }
    process.stderr.write('watching; Ctrl-C ends it\n');
    await folders.change(ended);
    await pause(SETTLE_MS, ended);
  }
  return exit;
}

/** Aborted by the first signal to end; the second ends the process as it would have without us. */
function askedToEnd(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => controller.abort());
  return controller.signal;
}

/** Folders of everything that a scan reads; of a file its folder, since editors replace files. */
function watchedFolders(paths: readonly string[], { schema, waivers }: ScanOptions): readonly string[] {
  const files = parseSchemaNames(schema).flatMap(({ url, source }) => (url === null ? [source] : []));
  return [...sourceFolders(paths), ...[...files, ...(waivers === undefined ? [] : [waivers])].map((file) => dirname(file))];
}

/** Each folder by itself: watching recursively would take in every installed package below. */
function watchFolders(ignored: string) {
  const watchers = new Map<string, FSWatcher>();
  let changed = false;
  let wake = () => {};
  const note = (path: string) => {
    if (resolve(path) === ignored || resolve(path).startsWith(`${ignored}${sep}`)) return;
    changed = true;
    wake();
  };
  const close = (folder: string) => {
    watchers.get(folder)?.close();
    watchers.delete(folder);
  };
  return {
    set(folders: readonly string[]): void {
      changed = false;
      for (const folder of [...watchers.keys()]) if (!folders.includes(folder)) close(folder);
      for (const folder of folders) {
        if (watchers.has(folder) || !existsSync(folder)) continue;
        const watcher = watch(folder, (_, file) => note(file === null ? folder : join(folder, file)));
        // A folder that goes away is a change, and watched again when it is back.
        watchers.set(folder, watcher);
        watcher.on('error', () => {
          close(folder);
          note(folder);
        });
      }
    },
    /** Resolves with the next change, or the end. */
    change: (ended: AbortSignal): Promise<void> =>
      new Promise((done) => {
        wake = done;
        ended.addEventListener('abort', () => done(), { once: true });
        if (changed || ended.aborted) done();
      }),
    [Symbol.dispose](): void {
      for (const folder of [...watchers.keys()]) close(folder);
    },
  };
}

const pause = (milliseconds: number, ended: AbortSignal): Promise<void> =>
  new Promise((done) => {
    const timer = setTimeout(done, milliseconds);
    const end = () => {
      clearTimeout(timer);
      done();
    };
    ended.addEventListener('abort', end, { once: true });
    if (ended.aborted) end();
  });
