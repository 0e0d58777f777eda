/**
 * Removes what killed runs left behind, newest first, by their journals. Never touches what no journal names, what a run that still lives uses, nor
 * a process that got a dead one's number.
 */
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { platformOf } from '../../fixtures/target.ts';
import { readTargetFile, TargetFileError } from '../../fixtures/target-file.ts';
import { JOURNAL_FILE, type Leftover, openJournal, readJournals } from '../../reports/journal.ts';
import { identifyProcess } from '../../reports/process-identity.ts';
import { isClaim, removeClaimed } from './claims.ts';
import { cleanTenants } from './clean-tenants.ts';
import { OWN_PROCESS, removeIfEmpty } from './run-folder.ts';

export interface Cleaned {
  readonly removed: readonly string[];
  /** What could not be removed, and why. */
  readonly remaining: readonly string[];
  /** Runs that live: what they use is no leftover. */
  readonly running: readonly string[];
}

const GOES_WITHIN_MS = 5_000;

/**
 * Removes all leftovers of the runs whose folders stand in `root`, and the folders of those that died before they had a store. What stands on a deployment
 * needs its target file again: `targetFile`, or the one that the run named.
 */
export async function cleanLeftovers(root: string, targetFile: string | null = null): Promise<Cleaned> {
  const removed: string[] = [];
  const remaining: string[] = [];
  const running: string[] = [];
  for (const { dir, leftovers, troubles } of readJournals(root)) {
    const run = basename(dir);
    if (leftovers.some(lives)) {
      running.push(run);
      continue;
    }
    using journal = openJournal(dir);
    const settle = ({ kind, id }: Leftover, why: string | null) => {
      const name = `${kind} ${id} of run ${run}`;
      if (why !== null) {
        remaining.push(`${name}: ${why}`);
        return;
      }
      journal.removed(id);
      if (id !== OWN_PROCESS) removed.push(name);
    };
    // Processes end first: a worker that lives could create more.
    for (const leftover of leftovers.filter((one) => !isClaim(one))) settle(leftover, await remove(leftover));
    const claims = leftovers.filter(isClaim);
    const wrong = await removeOnTargets(claims, targetFile);
    for (const claim of claims) settle(claim, wrong.get(claim.id) ?? null);
    remaining.push(...troubles);
  }
  for (const name of foldersIn(root)) {
    if (!running.includes(name) && removeIfEmpty(join(root, name))) removed.push(`folder of run ${name}, which had no store`);
  }
  return { removed, remaining, running };
}

/** Whether the entry is the run's own process, and that very process lives. */
function lives({ id, process: known }: Leftover): boolean {
  return id === OWN_PROCESS && known !== null && identifyProcess(known.pid) === known.identity;
}

/** Names of the folders in `root` that some run made: those with a journal. */
function foldersIn(root: string): readonly string[] {
  if (!existsSync(root)) return [];
  return readdirSync(root).filter((name) => existsSync(join(root, name, JOURNAL_FILE)));
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
    case 'tenant': {
      const { targetFile, control, owner } = how;
      if (targetFile === undefined || control === undefined || owner === undefined)
        return `the journal: expected targetFile, control and owner, got ${JSON.stringify(how)}`;
      return cleanTenants({ targetFile, control, owner }, process.env);
    }
    default:
      return `it stands on the target; run the suites there again, or remove it by hand: ${JSON.stringify(how)}`;
  }
}

/** Why entries could not be removed, by their ids. */
async function removeOnTargets(claims: readonly Leftover[], given: string | null): Promise<ReadonlyMap<string, string>> {
  const wrong = new Map<string, string>();
  for (const file of new Set(claims.map(({ remove: how }) => given ?? how['targetFile'] ?? ''))) {
    const mine = claims.filter(({ remove: how }) => (given ?? how['targetFile'] ?? '') === file);
    const found = await removeWith(file, mine);
    for (const { id, remove: how } of mine) {
      const why = typeof found === 'string' ? found : found.get(how['bucket'] ?? '');
      if (why !== undefined) wrong.set(id, why);
    }
  }
  return wrong;
}

/** Why nothing could be removed, or why not from which bucket. */
async function removeWith(file: string, claims: readonly Leftover[]): Promise<string | ReadonlyMap<string, string>> {
  const again = 'set what is missing and run `npx crosscheck clean` again, or name the file by --target FILE';
  if (file === '') return 'it stands on a deployment: expected its target file, got none; name it by --target FILE';
  try {
    const target = readTargetFile(file, process.env);
    const [other] = claims.filter((claim) => claim.target !== target.name);
    if (other !== undefined) return `it stands on target ${other.target}: expected its target file, got that of ${target.name}`;
    return await removeClaimed(platformOf(target), claims);
  } catch (error) {
    if (!(error instanceof TargetFileError)) throw error;
    return `it stands on a deployment, whose target file cannot be used: ${error.message}; ${again}`;
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
