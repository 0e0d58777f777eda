/** The folder and the journal of what a command starts, from before anything is started: what a killed one left is found by them. */
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Journal, journalLeftovers, openJournal } from '../../reports/journal.ts';
import { identifyProcess } from '../../reports/process-identity.ts';
import { newRunId } from '../../reports/store.ts';
import { RUN_FILE } from '../../reports/store-format.ts';

export interface RunFolder extends Disposable {
  readonly runId: string;
  readonly dir: string;
  readonly journal: Journal;
}

/** Id of the journal's entry for the command's own process: while it lives, what its journal names is in use and no leftover. */
export const OWN_PROCESS = 'crosscheck';

/** Makes the folder below `root`. On disposal it goes, unless a store was written into it or something could not be removed. */
export function openRunFolder(root: string): RunFolder {
  const runId = newRunId(new Date());
  const dir = join(root, runId);
  mkdirSync(dir, { recursive: true });
  const journal = openJournal(dir);
  journal.willCreate({ kind: 'process', id: OWN_PROCESS, target: 'local', remove: {} });
  const identity = identifyProcess(process.pid);
  if (identity !== null) journal.started(OWN_PROCESS, process.pid, identity);
  return {
    runId,
    dir,
    journal,
    [Symbol.dispose]() {
      journal.removed(OWN_PROCESS);
      journal.close();
      removeIfEmpty(dir);
    },
  };
}

/** Removes a run's folder that holds neither a store nor a leftover; says whether it did. */
export function removeIfEmpty(dir: string): boolean {
  if (existsSync(join(dir, RUN_FILE)) || journalLeftovers(dir).length > 0) return false;
  rmSync(dir, { recursive: true, force: true });
  return true;
}
