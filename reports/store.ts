/**
 * The results store on disk: `<root>/<runId>/` with `run.json` and one NDJSON file a worker (design decision 1). Workers append
 * synchronously, so that a line stands on disk before the next thing can kill its writer.
 */
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import type { CaseResult, RunRecord, StoreLine } from './result.ts';
import { LINE_CAP_BYTES, RUN_FILE, workerFile } from './store-format.ts';
import { pruneStores } from './stores.ts';

/** Runs that a root keeps when nobody says otherwise. */
export const KEPT_RUNS = 20;

/** A run's id: its start to the millisecond, UTC, so that ids sort by time, and six random hex digits: `20261121-101500-123-a1b2c3`. */
export function newRunId(startedAt: Date): string {
  const [date = '', time = ''] = startedAt.toISOString().replaceAll(/[-:Z]/g, '').replace('.', '-').split('T');
  return `${date}-${time}-${randomBytes(3).toString('hex')}`;
}

/** Makes the store of a run below `root` and returns its folder; older runs beyond `keep` are removed. Throws when the run has a store. */
export function createStore(root: string, record: RunRecord, { keep = KEPT_RUNS }: { keep?: number } = {}): string {
  const dir = join(root, record.runId);
  if (existsSync(join(dir, RUN_FILE))) throw new Error(`run ${record.runId}: expected to be new, got a store that exists: ${dir}`);
  mkdirSync(dir, { recursive: true });
  writeRecord(dir, record);
  pruneStores(root, keep);
  return dir;
}

/** Writes down that the run of the store in `dir` ended, and its trouble if it had any. */
export function finishStore(dir: string, end: { readonly finishedAt: Date; readonly trouble: string | null }): RunRecord {
  const started = JSON.parse(readFileSync(join(dir, RUN_FILE), 'utf8')) as RunRecord;
  const record = { ...started, finishedAt: end.finishedAt.toISOString(), trouble: end.trouble ?? started.trouble };
  writeRecord(dir, record);
  return record;
}

/** A rename is whole or not at all: a kill in between leaves the record that was. */
function writeRecord(dir: string, record: RunRecord): void {
  const file = join(dir, RUN_FILE);
  writeFileSync(`${file}.new`, `${JSON.stringify(record)}\n`);
  renameSync(`${file}.new`, file);
}

/** The file of one worker, open for appending. */
export interface WorkerLog extends Disposable {
  /** Says that a case begins. It stands on disk when the call returns. */
  started(id: string, attempt: number): void;
  /** Says what a case did. A result over the line cap goes in without its exchanges and steps, so that the verdict is not lost. */
  finished(result: CaseResult, attempt: number): void;
  close(): void;
}

/** Opens the file of `worker` in the store `dir`. A half-written last line of a killed predecessor is ended first. */
export function openWorkerLog(dir: string, worker: string): WorkerLog {
  const fd = openSync(join(dir, workerFile(worker)), 'a+');
  if (endsMidLine(fd)) writeAll(fd, '\n');
  let open = true;
  const close = (): void => {
    if (open) closeSync(fd);
    open = false;
  };
  const head = (id: string, attempt: number) => ({ id, at: Date.now(), worker, attempt });
  return {
    started: (id, attempt) => writeAll(fd, encode({ kind: 'started', ...head(id, attempt) })),
    finished: (result, attempt) => writeAll(fd, encodeResult({ kind: 'finished', ...head(result.id, attempt), result })),
    close,
    [Symbol.dispose]: close,
  };
}

function encode(line: StoreLine): string {
  return `${JSON.stringify(line)}\n`;
}

function encodeResult(line: StoreLine & { kind: 'finished' }): string {
  let why: string;
  try {
    const text = encode(line);
    if (Buffer.byteLength(text) <= LINE_CAP_BYTES) return text;
    why = `the result is ${Buffer.byteLength(text)} bytes, expected at most ${LINE_CAP_BYTES}`;
  } catch (error) {
    why = `the result is no JSON: ${error instanceof Error ? error.message : String(error)}`;
  }
  return encode({ ...line, result: { ...line.result, steps: [], exchanges: [{ dropped: why }] } });
}

function endsMidLine(fd: number): boolean {
  const { size } = fstatSync(fd);
  if (size === 0) return false;
  const last = Buffer.alloc(1);
  readSync(fd, last, 0, 1, size - 1);
  return last.toString() !== '\n';
}

function writeAll(fd: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let written = 0; written < bytes.length; ) written += writeSync(fd, bytes, written);
}
