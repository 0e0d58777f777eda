/**
 * Results of whole scans, kept by everything that they depend on. An entry's name is the hash of the tool, schemas, policy, waivers and all scanned files;
 * what finders read besides stands in the entry, and is read again before the entry counts. So no answer is stale, and none needs a clock but that of the waivers.
 */
import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Policy } from '../rules/policy.ts';
import { hashOf, hashOfFile, readEntry, writeEntry } from './entry-file.ts';
import type { SourceTree } from './scan.ts';
import type { ScanResult } from './violation.ts';

/** What an answer depends on, besides the files. */
export interface CacheKey {
  /** Of `toolHash`. */
  readonly tool: string;
  /** Name and hash of each schema, in order. */
  readonly schemas: readonly (readonly [name: string, hash: string])[];
  readonly policy: Policy;
  /** Path and text of the waivers, and the day that they are held against; null without any. */
  readonly waivers: { readonly path: string; readonly text: string; readonly today: string } | null;
}

interface Entry {
  /** Path → hash of the text, or null for a file that was not there; of files that are read and not scanned. */
  readonly reads: readonly (readonly [path: string, hash: string | null])[];
  readonly result: ScanResult;
}

/** Most entries kept in a folder; the oldest go first. */
const MOST_ENTRIES = 64;

/** The result from the cache, or of `work`, which must read through the tree that it is given. A cache that cannot be read or written is none. */
export async function scanCached(
  dir: string,
  key: CacheKey,
  tree: SourceTree,
  work: (tree: SourceTree) => Promise<ScanResult>,
): Promise<{ readonly result: ScanResult; readonly cached: boolean }> {
  const scanned = new Set(tree.paths);
  const files = tree.paths.map((path) => [path, hashOfFile(tree.read(path))]);
  const name = hashOf(JSON.stringify(['scan 1', key, tree.unreadable, files]));
  const path = join(dir, `${name}.json`);
  const body = readEntry(path);
  const known = body === null ? null : (JSON.parse(body) as Entry);
  if (known?.reads.every(([read, hash]) => hashOfFile(tree.read(read)) === hash)) return { result: known.result, cached: true };
  const reads = new Map<string, string | null>();
  const result = await work({
    ...tree,
    read(read) {
      const file = tree.read(read);
      if (!scanned.has(read)) reads.set(read, hashOfFile(file));
      return file;
    },
  });
  if (writeEntry(path, JSON.stringify({ reads: [...reads], result } satisfies Entry))) prune(dir);
  return { result, cached: false };
}

/** Entries beyond the bound, and halves that a killed process left. */
function prune(dir: string): void {
  const names = readdirSync(dir).filter((name) => /^[0-9a-f]{64}\.json(\..*\.half)?$/.test(name));
  if (names.length <= MOST_ENTRIES) return;
  const age = new Map(names.map((name) => [name, statSync(join(dir, name), { throwIfNoEntry: false })?.mtimeMs ?? 0]));
  names.sort((a, b) => (age.get(b) ?? 0) - (age.get(a) ?? 0));
  for (const name of names.slice(MOST_ENTRIES)) rmSync(join(dir, name), { force: true });
}
