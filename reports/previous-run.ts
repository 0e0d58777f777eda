/**
 * What a run leaves for the next one of the same target to compare with (design decision 15): its verdicts as it told them, in a file a
 * twentieth the size of its store.
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { compareRuns, type RunComparison } from './compare-runs.ts';
import type { JudgedCase, RunRecord } from './result.ts';
import { VERDICTS } from './result.ts';
import { listStores } from './stores.ts';

const FILE = 'verdicts.json';

const told = z.object({
  version: z.literal(1),
  target: z.string(),
  shard: z.boolean(),
  backends: z.array(z.string()),
  narrowed: z.string().nullable(),
  verdicts: z.record(z.string(), z.enum(VERDICTS)),
});
type Told = z.infer<typeof told>;

/** Writes the verdicts of the run into its store `dir`. A run without them, or one shard of several, is never compared with. */
export function recordVerdicts(dir: string, record: RunRecord, judged: readonly Pick<JudgedCase, 'id' | 'verdict'>[]): void {
  const verdicts = Object.fromEntries(judged.map(({ id, verdict }) => [id, verdict]));
  const { target, shard } = record;
  const file = join(dir, FILE);
  writeFileSync(
    `${file}.new`,
    JSON.stringify({ version: 1, target, shard: shard !== null, ...selectionOf(record), verdicts } satisfies Told),
  );
  renameSync(`${file}.new`, file);
}

/**
 * What changed since the previous run of the same target below `root`, and which run that was; both null when there is none. A case that this
 * run did not select is not gone: a run is compared with the newest that selected alike, or that selected everything of its backends and then
 * within this run's own cases.
 */
export function compareWithPrevious(
  root: string,
  record: RunRecord,
  judged: readonly Pick<JudgedCase, 'id' | 'verdict'>[],
): { readonly since: RunComparison | null; readonly previousRunId: string | null } {
  for (const dir of listStores(root)) {
    if (basename(dir) >= record.runId) continue;
    const previous = readVerdicts(join(dir, FILE));
    if (previous === null || previous.target !== record.target || previous.shard) continue;
    const alike = selectedAlike(previous, selectionOf(record));
    if (!alike && !selectedMore(previous, selectionOf(record))) continue;
    const before = Object.entries(previous.verdicts).map(([id, verdict]) => ({ id, verdict }));
    const here = new Set(judged.map(({ id }) => id));
    return { since: compareRuns(alike ? before : before.filter(({ id }) => here.has(id)), judged), previousRunId: basename(dir) };
  }
  return { since: null, previousRunId: null };
}

type Selected = Pick<Told, 'backends' | 'narrowed'>;

function selectionOf({ subjects, narrowed }: RunRecord): Selected {
  return { backends: Object.keys(subjects).sort(), narrowed: narrowed ?? null };
}

function selectedAlike(a: Selected, b: Selected): boolean {
  return a.narrowed === b.narrowed && a.backends.join() === b.backends.join();
}

function selectedMore(previous: Selected, now: Selected): boolean {
  return previous.narrowed === null && now.backends.every((name) => previous.backends.includes(name));
}

/** Null for a run that never got so far, and for a file that another version or a full disk left: there is nothing to compare with. */
function readVerdicts(file: string): Told | null {
  if (!existsSync(file)) return null;
  try {
    const parsed = told.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
