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

const told = z.object({ version: z.literal(1), target: z.string(), shard: z.boolean(), verdicts: z.record(z.string(), z.enum(VERDICTS)) });

/** Writes the verdicts of the run into its store `dir`. A run without them, or one shard of several, is never compared with. */
export function recordVerdicts(dir: string, record: RunRecord, judged: readonly Pick<JudgedCase, 'id' | 'verdict'>[]): void {
  const verdicts = Object.fromEntries(judged.map(({ id, verdict }) => [id, verdict]));
  const file = join(dir, FILE);
  writeFileSync(
    `${file}.new`,
    JSON.stringify({ version: 1, target: record.target, shard: record.shard !== null, verdicts } satisfies z.infer<typeof told>),
  );
  renameSync(`${file}.new`, file);
}

/** The folder of the newest run of `target` below `root` that told its verdicts before the run `beforeRunId`, or null. */
export function latestStore(root: string, target: string, beforeRunId: string): string | null {
  return latest(root, target, beforeRunId)?.dir ?? null;
}

/** What changed since the previous run of the same target below `root`, and which run that was; both null when there is none. */
export function compareWithPrevious(
  root: string,
  record: RunRecord,
  judged: readonly Pick<JudgedCase, 'id' | 'verdict'>[],
): { readonly since: RunComparison | null; readonly previousRunId: string | null } {
  const previous = latest(root, record.target, record.runId);
  if (previous === null) return { since: null, previousRunId: null };
  const before = Object.entries(previous.verdicts).map(([id, verdict]) => ({ id, verdict }));
  return { since: compareRuns(before, judged), previousRunId: basename(previous.dir) };
}

function latest(root: string, target: string, beforeRunId: string): (z.infer<typeof told> & { dir: string }) | null {
  for (const dir of listStores(root)) {
    if (basename(dir) >= beforeRunId) continue;
    const verdicts = readVerdicts(join(dir, FILE));
    if (verdicts !== null && verdicts.target === target && !verdicts.shard) return { ...verdicts, dir };
  }
  return null;
}

/** Null for a run that never got so far, and for a file that another version or a full disk left: there is nothing to compare with. */
function readVerdicts(file: string): z.infer<typeof told> | null {
  if (!existsSync(file)) return null;
  try {
    const parsed = told.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
