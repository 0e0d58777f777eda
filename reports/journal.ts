/**
 * What a run created, on disk before it is created, so that `clean` can remove it after a crash (design decision 11). One NDJSON file in
 * the run's folder; each line is flushed to the disk before the call returns.
 */
import { closeSync, existsSync, fsyncSync, openSync, readdirSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** Name of a run's journal in its folder. */
export const JOURNAL_FILE = 'journal.ndjson';

/** What can be left behind. */
export const CREATED_KINDS = ['process', 'directory', 'tenant', 'bucket', 'object-prefix', 'package'] as const;

const created = z.object({
  kind: z.enum(CREATED_KINDS),
  /** Unique within the run: the path, the bucket's name, `bucket/prefix`, the package's name, a name for the process. */
  id: z.string().min(1),
  /** Name of the target that it is on; `local` for a process or a directory of this machine. Never a credential. */
  target: z.string(),
  /** What `clean` needs to remove it, by name: `path`, `registry`, `s3Endpoint`… Never a credential. */
  remove: z.record(z.string(), z.string()),
});

const line = z.discriminatedUnion('event', [
  z.object({ event: z.literal('create'), at: z.number(), ...created.shape }),
  z.object({ event: z.literal('started'), at: z.number(), id: z.string(), pid: z.int().positive(), identity: z.string() }),
  z.object({ event: z.literal('removed'), at: z.number(), id: z.string() }),
]);
type JournalLine = z.infer<typeof line>;

/** Something that a run is about to create. */
export type Created = Readonly<z.infer<typeof created>>;

/** Something that a run created and did not remove. `process` is set once the process was started (`identifyProcess`). */
export interface Leftover extends Created {
  readonly process: { readonly pid: number; readonly identity: string } | null;
}

export interface Journal extends Disposable {
  /** Call it before creating; it is on the disk when the call returns. */
  willCreate(what: Created): void;
  /** Says which process the `process` entry `id` became; call it right after the spawn. */
  started(id: string, pid: number, identity: string): void;
  /** Call it after removing. */
  removed(id: string): void;
  close(): void;
}

/** Opens the journal of the run in `dir`; several processes may hold it open, since appended lines do not mix. */
export function openJournal(dir: string): Journal {
  const file = join(dir, JOURNAL_FILE);
  const torn = existsSync(file) && !/(^|\n)$/.test(readFileSync(file, 'utf8'));
  const fd = openSync(file, 'a');
  if (torn) writeSync(fd, '\n');
  let open = true;
  const write = (entry: JournalLine): void => {
    writeSync(fd, `${JSON.stringify(entry)}\n`);
    fsyncSync(fd);
  };
  const close = (): void => {
    if (open) closeSync(fd);
    open = false;
  };
  return {
    willCreate: (what) => write({ event: 'create', at: Date.now(), ...what }),
    started: (id, pid, identity) => write({ event: 'started', at: Date.now(), id, pid, identity }),
    removed: (id) => write({ event: 'removed', at: Date.now(), id }),
    close,
    [Symbol.dispose]: close,
  };
}

/** What the journal in `dir` says was created and not removed, newest first, so that what stands inside goes before what holds it. */
export function journalLeftovers(dir: string): readonly Leftover[] {
  const left = new Map<string, Leftover>();
  for (const entry of readEntries(dir).entries) {
    if (entry.event === 'create') {
      const { event: _, at: __, ...what } = entry;
      left.delete(what.id);
      left.set(what.id, { ...what, process: null });
    } else if (entry.event === 'removed') left.delete(entry.id);
    else {
      const known = left.get(entry.id);
      if (known !== undefined) left.set(entry.id, { ...known, process: { pid: entry.pid, identity: entry.identity } });
    }
  }
  return [...left.values()].reverse();
}

/** The journal of one run that left something, or that has lines nobody can read. */
export interface RunJournal {
  readonly dir: string;
  readonly leftovers: readonly Leftover[];
  /** `file:line: what`; a torn last line names nothing that was created, since the creation waits for the line. */
  readonly troubles: readonly string[];
}

/** The journals below `root` with anything left or unreadable, newest run first. A run that died before its `run.json` counts too. */
export function readJournals(root: string): readonly RunJournal[] {
  if (!existsSync(root)) return [];
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(root, entry.name, JOURNAL_FILE)))
    .map((entry) => join(root, entry.name))
    .sort()
    .reverse()
    .map((dir) => ({ dir, leftovers: journalLeftovers(dir), troubles: readEntries(dir).troubles }))
    .filter(({ leftovers, troubles }) => leftovers.length > 0 || troubles.length > 0);
}

function readEntries(dir: string): { entries: JournalLine[]; troubles: string[] } {
  const file = join(dir, JOURNAL_FILE);
  const entries: JournalLine[] = [];
  const troubles: string[] = [];
  if (!existsSync(file)) return { entries, troubles };
  for (const [index, text] of readFileSync(file, 'utf8').split('\n').entries()) {
    if (text === '') continue;
    const parsed = line.safeParse(parseOrNull(text));
    if (parsed.success) entries.push(parsed.data);
    else troubles.push(`${file}:${index + 1}: expected a journal line, got ${JSON.stringify(text.slice(0, 80))}`);
  }
  return { entries, troubles };
}

function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
