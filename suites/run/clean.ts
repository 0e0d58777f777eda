/** Removes what killed runs left behind, newest first, by their journals. Never touches what no journal names, nor a process that got a dead one's number. */
import { existsSync, rmSync } from 'node:fs';
import { basename } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Leftover, openJournal, readJournals } from '../../reports/journal.ts';
import { identifyProcess } from '../../reports/process-identity.ts';

export interface Cleaned {
  readonly removed: readonly string[];
  /** What could not be removed, and why. */
  readonly remaining: readonly string[];
}

const GOES_WITHIN_MS = 5_000;

/** Removes all leftovers of the runs whose stores stand in `root`. */
export async function cleanLeftovers(root: string): Promise<Cleaned> {
  const removed: string[] = [];
  const remaining: string[] = [];
  for (const { dir, leftovers, troubles } of readJournals(root)) {
    remaining.push(...troubles);
    using journal = openJournal(dir);
    for (const leftover of leftovers) {
      const name = `${leftover.kind} ${leftover.id} of run ${basename(dir)}`;
      const why = await remove(leftover);
      if (why === null) {
        journal.removed(leftover.id);
        removed.push(name);
      } else remaining.push(`${name}: ${why}`);
    }
  }
  return { removed, remaining };
}

/** Null when it is gone, else why it is not. */
async function remove({ kind, process: known, remove: how }: Leftover): Promise<string | null> {
  switch (kind) {
    case 'process':
      return known === null ? null : endProcess(known, how['group'] === 'true');
    case 'directory': {
      const path = how['path'];
      if (path === undefined) return 'the journal names no path';
      rmSync(path, { recursive: true, force: true });
      return existsSync(path) ? `${path} is still there` : null;
    }
    default:
      return `it stands on the target; run the suites there again, or remove it by hand: ${JSON.stringify(how)}`;
  }
}

async function endProcess({ pid, identity }: NonNullable<Leftover['process']>, group: boolean): Promise<string | null> {
  const leader = identifyProcess(pid);
  const gone = () => identifyProcess(pid) !== identity;
  // Another process has the number now. While members of our group live, the kernel gives their group's number to no one.
  if (leader !== null && leader !== identity) return null;
  if (leader === null && !group) return null;
  const kill = (signal: NodeJS.Signals) => {
    try {
      process.kill(group ? -pid : pid, signal);
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
      throw error;
    }
  };
  const until = Date.now() + GOES_WITHIN_MS;
  for (let alive = kill('SIGTERM'); alive && Date.now() < until; alive = kill('SIGTERM')) {
    if (gone() && !group) return null;
    await wait(50);
  }
  if (!kill('SIGKILL')) return null;
  await wait(50);
  return gone() ? null : `process ${pid} does not end`;
}
