/** The stores below one root: which are there, and which are too old to keep. */
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { journalLeftovers } from './journal.ts';
import { RUN_FILE } from './store-format.ts';

/** Folders of the stores below `root`, newest first by run id (ids sort by time). Empty when there is no root. */
export function listStores(root: string): readonly string[] {
  if (!existsSync(root)) return [];
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(root, entry.name, RUN_FILE)))
    .map((entry) => entry.name)
    .sort()
    .reverse()
    .map((name) => join(root, name));
}

/** Removes all but the newest `keep` stores of `root`, and nothing that is no store. A run whose journal is not empty stays for `clean`. */
export function pruneStores(root: string, keep: number): readonly string[] {
  const removed = listStores(root)
    .slice(keep)
    .filter((dir) => journalLeftovers(dir).length === 0);
  for (const dir of removed) rmSync(dir, { recursive: true, force: true });
  return removed;
}
