/** Lines of a file that may be huge, half-written or garbage, one at a time and in bounded memory. */
import { closeSync, openSync, readSync } from 'node:fs';

/** One line of a file. `text` is null for a line longer than the cap; its bytes were skipped. */
export interface FileLine {
  /** From 1. */
  readonly number: number;
  readonly text: string | null;
  readonly bytes: number;
  /** False for a last line without its newline: its writer died in the middle of it. */
  readonly complete: boolean;
}

const NEWLINE = 10;
const CHUNK_BYTES = 1024 * 1024;

/** Every line of `file` in order; a line of more than `capBytes` comes without its text. Throws what `open` and `read` throw. */
export function* readLines(file: string, capBytes: number): Generator<FileLine> {
  const fd = openSync(file, 'r');
  try {
    const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
    let number = 1;
    let bytes = 0;
    let parts: Buffer[] = [];
    const take = (part: Buffer): void => {
      bytes += part.length;
      if (bytes <= capBytes) parts.push(Buffer.from(part));
      else parts = [];
    };
    const line = (complete: boolean): FileLine => {
      const text = bytes > capBytes ? null : Buffer.concat(parts).toString('utf8');
      const done = { number, text, bytes, complete };
      number += 1;
      bytes = 0;
      parts = [];
      return done;
    };
    for (let read = readSync(fd, chunk); read > 0; read = readSync(fd, chunk)) {
      let start = 0;
      for (let end = chunk.indexOf(NEWLINE, start); end !== -1 && end < read; end = chunk.indexOf(NEWLINE, start)) {
        take(chunk.subarray(start, end));
        yield line(true);
        start = end + 1;
      }
      if (start < read) take(chunk.subarray(start, read));
    }
    if (bytes > 0) yield line(false);
  } finally {
    closeSync(fd);
  }
}
