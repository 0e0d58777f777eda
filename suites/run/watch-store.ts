/** Follows a store while workers write it: what was started, what finished, when the last line came. */
import { closeSync, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';
import type { StoreLine } from '../../reports/result.ts';
import { isWorkerFile } from '../../reports/store-format.ts';

export interface StoreWatch {
  readonly started: ReadonlySet<string>;
  /** Case id → verdict. */
  readonly finished: ReadonlyMap<string, string>;
  /** Reads what is new; true when anything was. */
  poll(): boolean;
}

const CHUNK = 256 * 1024;

/** Watches the worker files of the store in `dir`. A half-written line waits for its end; one that is no line of ours is left to the store's reader. */
export function watchStore(dir: string): StoreWatch {
  const files = new Map<string, { at: number; rest: string; decoder: TextDecoder }>();
  const started = new Set<string>();
  const finished = new Map<string, string>();
  const take = (text: string) => {
    try {
      const line = JSON.parse(text) as StoreLine;
      if (line.kind === 'started') started.add(line.id);
      else if (line.kind === 'finished') finished.set(line.id, line.result.verdict);
    } catch {
      // Not a line: `readStore` names it when the run is judged.
    }
  };
  return {
    started,
    finished,
    poll() {
      let any = false;
      for (const name of readdirSync(dir).filter(isWorkerFile)) {
        const state = files.get(name) ?? { at: 0, rest: '', decoder: new TextDecoder() };
        files.set(name, state);
        const fd = openSync(join(dir, name), 'r');
        try {
          const buffer = Buffer.alloc(CHUNK);
          for (let read = readSync(fd, buffer, 0, CHUNK, state.at); read > 0; read = readSync(fd, buffer, 0, CHUNK, state.at)) {
            any = true;
            state.at += read;
            const lines = (state.rest + state.decoder.decode(buffer.subarray(0, read), { stream: true })).split('\n');
            state.rest = lines.pop() ?? '';
            for (const line of lines) take(line);
          }
        } finally {
          closeSync(fd);
        }
      }
      return any;
    },
  };
}
