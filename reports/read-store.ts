/** Reading a store back, whatever state its run left it in. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { readLines } from './read-lines.ts';
import type { RunRecord, StoreLine } from './result.ts';
import { describeIssues, isWorkerFile, LINE_CAP_BYTES, RUN_FILE, runRecordSchema, storeLineSchema } from './store-format.ts';

/** A store in memory. `troubles` are lines that could not be read, each `file:line: what`; `halves` are those of them that a killed worker leaves, which its run tells of. */
export interface Store {
  /** Its folder; the folders of a merged store. */
  readonly dirs: readonly string[];
  readonly record: RunRecord;
  readonly lines: readonly StoreLine[];
  readonly troubles: readonly string[];
  readonly halves: readonly string[];
}

/** A folder that is no store, or not one of ours. The message names the file. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
}

export interface ReadOptions {
  /** Keep steps and exchanges. A summary needs neither, and they are most of a store's size. */
  readonly details?: boolean;
}

/** Reads the store in `dir`. Throws StoreError when there is none, when `run.json` is missing or broken, or its version is unknown. */
export function readStore(dir: string, { details = true }: ReadOptions = {}): Store {
  const record = readRecord(dir);
  const lines: StoreLine[] = [];
  const troubles: string[] = [];
  const halves: string[] = [];
  for (const name of readdirSync(dir).filter(isWorkerFile).sort()) {
    const file = join(dir, name);
    for (const { number, text, bytes, complete } of readLines(file, LINE_CAP_BYTES)) {
      if (text === '') continue;
      const read = text === null ? `expected at most ${LINE_CAP_BYTES} bytes, got ${bytes}` : parseLine(text, complete, details);
      if (typeof read === 'string') {
        troubles.push(`${file}:${number}: ${read}`);
        if (!complete && wasCut(record)) halves.push(`${file}:${number}: ${read}`);
      } else lines.push(read);
    }
  }
  return { dirs: [dir], record, lines, troubles, halves };
}

/** Whether the run says itself that it was killed, or that workers were. */
function wasCut({ trouble, finishedAt }: RunRecord): boolean {
  return trouble !== null || finishedAt === null;
}

/** The line, or what is wrong with it. */
function parseLine(text: string, complete: boolean, details: boolean): StoreLine | string {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return complete ? `expected a JSON line, got ${quote(text)}` : `half-written last line: its worker died writing ${quote(text)}`;
  }
  const parsed = storeLineSchema.safeParse(json);
  if (!parsed.success) return `expected a line of a store, got ${quote(text)}: ${describeIssues(parsed.error)}`;
  if (details || parsed.data.kind === 'started') return parsed.data;
  return { ...parsed.data, result: { ...parsed.data.result, steps: [], exchanges: [] } };
}

/** Reads `run.json` alone. Throws as `readStore` does. */
export function readRecord(dir: string): RunRecord {
  const file = join(dir, RUN_FILE);
  if (!existsSync(dir)) throw new StoreError(`store: expected a folder, got nothing at ${dir}`);
  if (!statSync(dir).isDirectory()) throw new StoreError(`store: expected a folder, got a file at ${dir}`);
  if (!existsSync(file)) {
    const logs = readdirSync(dir).filter(isWorkerFile).length;
    if (logs === 0) throw new StoreError(`store: expected ${RUN_FILE} in ${dir}, got a folder that is no store`);
    throw new StoreError(
      `${file}: expected the run's record, got nothing beside ${logs} worker files; without the plan no verdict can be told`,
    );
  }
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new StoreError(`${file}: expected JSON, got ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
  const version = versionOf(json);
  if (version !== 1) throw new StoreError(`${file}: version: expected 1, got ${JSON.stringify(version) ?? 'none'}`);
  const parsed = runRecordSchema.safeParse(json);
  if (!parsed.success) throw new StoreError(`${file}: expected a run's record: ${describeIssues(parsed.error)}`);
  return parsed.data;
}

function versionOf(json: unknown): unknown {
  return typeof json === 'object' && json !== null && 'version' in json ? json.version : undefined;
}

function quote(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
}
