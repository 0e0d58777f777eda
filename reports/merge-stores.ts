/** Shards of one plan become one store, or an error that says why they cannot (design decision 15). */
import { createHash } from 'node:crypto';
import type { ReadOptions, Store } from './read-store.ts';
import { readStore, StoreError } from './read-store.ts';
import type { PlannedCase, RunRecord } from './result.ts';

/** SHA-256 over the sorted case ids of a whole plan; each shard records it as `wholePlan`. */
export function planDigest(plan: readonly Pick<PlannedCase, 'id'>[]): string {
  const ids = plan.map((planned) => planned.id).sort();
  return createHash('sha256').update(ids.join('\n')).digest('hex');
}

/**
 * One store out of the stores in `dirs`. Throws StoreError when they have different targets, seeds, subjects or plans, when a case stands
 * in two of them, or when a shard is missing. A single folder is read as it is.
 */
export function mergeStores(dirs: readonly string[], options: ReadOptions = {}): Store {
  const stores = dirs.map((dir) => readStore(dir, options));
  const [first, ...rest] = stores;
  if (first === undefined) throw new StoreError('stores: expected at least one folder, got none');
  if (rest.length === 0) return first;
  for (const other of rest) refuseDifference(first, other);
  refuseOverlap(stores);
  const plan = stores.flatMap((store) => store.record.plan);
  const records = stores.map((store) => store.record);
  refuseMissing(records, first.record, plan);
  return {
    dirs,
    record: mergedRecord(records, first.record, plan),
    lines: stores.flatMap((store) => store.lines),
    troubles: stores.flatMap((store) => store.troubles),
    halves: stores.flatMap((store) => store.halves),
  };
}

const SAME = {
  target: (record) => record.target,
  seed: (record) => record.seed,
  subjects: (record) => Object.entries(record.subjects).sort().map(String).join(' '),
  'shard count': (record) => record.shard?.count ?? 'none',
  'whole plan': (record) => record.wholePlan ?? 'none',
} satisfies Record<string, (record: RunRecord) => string | number>;

function refuseDifference(first: Store, other: Store): void {
  for (const [what, of] of Object.entries(SAME)) {
    const [expected, got] = [of(first.record), of(other.record)];
    if (expected !== got) {
      throw new StoreError(`merge: ${what}: expected ${expected} as in ${first.dirs.join()}, got ${got} in ${other.dirs.join()}`);
    }
  }
}

function refuseOverlap(stores: readonly Store[]): void {
  const owner = new Map<string, Store>();
  for (const store of stores) {
    for (const { id } of store.record.plan) {
      const other = owner.get(id);
      if (other !== undefined && other !== store) {
        throw new StoreError(`merge: case ${id}: expected in one store, got it in ${other.dirs.join()} and ${store.dirs.join()}`);
      }
      owner.set(id, store);
    }
  }
}

function refuseMissing(records: readonly RunRecord[], { shard, wholePlan }: RunRecord, plan: readonly PlannedCase[]): void {
  if (shard !== null) {
    const present = new Set(records.map((record) => record.shard?.index));
    const missing = Array.from({ length: shard.count }, (_, i) => i + 1).filter((index) => !present.has(index));
    const names = missing.map((index) => `${index}/${shard.count}`).join(', ');
    if (missing.length > 0) throw new StoreError(`merge: expected shards 1 to ${shard.count}, got none for ${names}`);
  }
  if (wholePlan !== undefined && planDigest(plan) !== wholePlan) {
    throw new StoreError(`merge: plan: expected the cases of the whole plan ${wholePlan}, got ${plan.length} cases of another`);
  }
}

function mergedRecord(records: readonly RunRecord[], first: RunRecord, plan: readonly PlannedCase[]): RunRecord {
  const ends = records.map((record) => record.finishedAt);
  const troubles = records.flatMap(({ runId, trouble }) => (trouble === null ? [] : [`${runId}: ${trouble}`]));
  return {
    ...first,
    shard: null,
    startedAt: records.map((record) => record.startedAt).sort()[0] ?? first.startedAt,
    finishedAt: ends.includes(null) ? null : (ends.sort().at(-1) ?? null),
    trouble: troubles.length === 0 ? null : troubles.join('; '),
    plan,
  };
}
