/** Writes records to disk as they come: our own store, a line an exchange, and an HTTP Archive that is whole after each. */
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { HAR_HEAD, HAR_TAIL, harEntry } from './har.ts';
import type { RecordedExchange } from './record-exchange.ts';

/** Name of the store's file in the folder of `--record`. */
export const STORE_FILE = 'exchanges.ndjson';

export interface ExchangeFiles extends Disposable {
  write(exchanges: readonly RecordedExchange[]): void;
}

/** What was sent and answered is its owner's business alone, redacted or not. */
const OWNER_ONLY = 0o600;

/** Opens the files anew; null for one that is not wanted. Throws when one cannot be written. */
export function openExchangeFiles(folder: string | null, har: string | null): ExchangeFiles {
  const open = (path: string) => {
    mkdirSync(dirname(path), { recursive: true });
    return openSync(path, 'w', OWNER_ONLY);
  };
  const store = folder === null ? null : open(join(folder, STORE_FILE));
  const archive = har === null ? null : open(har);
  // Where the next entry goes: the tail is written over, so that a killed proxy leaves a whole archive.
  let end = archive === null ? 0 : writeSync(archive, HAR_HEAD, 0);
  if (archive !== null) writeSync(archive, HAR_TAIL, end);
  let entries = 0;
  return {
    write(exchanges) {
      if (exchanges.length === 0) return;
      if (store !== null) writeSync(store, exchanges.map((one) => `${JSON.stringify(one)}\n`).join(''));
      if (archive === null) return;
      const text = exchanges.map((one) => `${entries++ === 0 ? '' : ',\n'}${JSON.stringify(harEntry(one))}`).join('');
      writeSync(archive, text + HAR_TAIL, end);
      end += Buffer.byteLength(text);
    },
    [Symbol.dispose]() {
      for (const file of [store, archive]) if (file !== null) closeSync(file);
    },
  };
}
