/** Runs a plan to its end: one vitest group, a watch over it, and more groups for what the ones before left untouched. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Journal } from '../../reports/journal.ts';
import { identifyProcess } from '../../reports/process-identity.ts';
import type { PlannedCase } from '../../reports/result.ts';
import { pointOf } from '../case/run-case.ts';
import type { RunSettings } from './settings.ts';
import { settingsEnv } from './settings.ts';
import { startVitest } from './vitest-group.ts';
import { type StoreWatch, watchStore } from './watch-store.ts';

export interface Progress {
  readonly planned: number;
  readonly finished: number;
  readonly failed: number;
  readonly broken: number;
}

/** What a plan runs with beside its settings. */
export interface Hosting {
  readonly allureDir: string;
  readonly journal: Journal;
  progress(progress: Progress): void;
  /** Aborted when the run is to end early. */
  readonly signal: AbortSignal;
}

export interface PlanRun {
  /** What ended it early, or null. */
  readonly trouble: string | null;
}

/** Start-up of vitest and its workers on a busy two-core machine took up to 6 s; three times that is a hang. */
const START_WITHIN_MS = 20_000;
/** Beyond the deadline that the case runner keeps itself. */
const GRACE_MS = 5_000;
const POLL_MS = 100;
/** A subject that loops ends one group where it is met first, and one for each case of the same point; more groups than these are no accident. */
const MOST_GROUPS = 4;

/** Runs every planned case of the settings' store. Resolves when all groups have ended; the hosting's signal ends them early. */
export async function runPlan(plan: readonly PlannedCase[], settings: RunSettings, hosting: Hosting): Promise<PlanRun> {
  const { signal } = hosting;
  const watch = watchStore(settings.store);
  const troubles: string[] = [];
  for (let attempt = 1; attempt <= MOST_GROUPS; attempt++) {
    const left = untouched(plan, watch);
    if (left.length === 0 || signal.aborted) break;
    const before = watch.started.size;
    const trouble = await runGroup(
      left,
      { ...settings, attempt, ids: attempt === 1 ? null : left.map(({ id }) => id) },
      watch,
      plan.length,
      hosting,
    );
    if (trouble !== null) troubles.push(trouble);
    if (watch.started.size === before) break;
  }
  if (signal.aborted) troubles.push('the run was interrupted');
  return { trouble: troubles.length === 0 ? null : troubles.join('; ') };
}

/** What no group has started; those that share their sides with a case whose worker died come only when nothing else is left, since they may end theirs too. */
function untouched(plan: readonly PlannedCase[], { started, finished }: StoreWatch): readonly PlannedCase[] {
  const left = plan.filter(({ id }) => !started.has(id));
  const dead = new Set(plan.filter(({ id }) => started.has(id) && !finished.has(id)).map(pointOf));
  const safe = left.filter((planned) => !dead.has(pointOf(planned)));
  return safe.length === 0 ? left : safe;
}

async function runGroup(
  cases: readonly PlannedCase[],
  settings: RunSettings,
  watch: StoreWatch,
  planned: number,
  { allureDir, journal, progress, signal }: Hosting,
): Promise<string | null> {
  const files = [...new Set(cases.map(({ file }) => file))];
  const longest = Math.max(...cases.map(({ deadlineMs }) => deadlineMs)) + GRACE_MS;
  const id = `vitest group ${settings.attempt}`;
  journal.willCreate({ kind: 'process', id, target: 'local', remove: { group: 'true' } });
  const group = startVitest(files, settingsEnv(settings), allureDir);
  const identity = identifyProcess(group.pid);
  if (identity !== null) journal.started(id, group.pid, identity);
  let end: Awaited<typeof group.ended> | null = null;
  const over = group.ended.then((how) => {
    end = how;
  });
  let lastLine = Date.now();
  let any = false;
  let trouble: string | null = null;
  while (end === null) {
    await Promise.race([over, wait(POLL_MS)]);
    if (watch.poll()) {
      any = true;
      lastLine = Date.now();
      progress(count(watch, planned));
    }
    const silentMs = Date.now() - lastLine;
    if (signal.aborted) await group.end();
    else if (silentMs > (any ? longest : START_WITHIN_MS)) {
      trouble = `workers ended: expected a line within ${any ? longest : START_WITHIN_MS} ms, got none`;
      await group.end();
    }
  }
  watch.poll();
  progress(count(watch, planned));
  const untouched = cases.filter(({ id }) => !watch.started.has(id)).length;
  const { code, signal: by, stderr } = await group.ended;
  // A worker can outlive vitest; the group is ours alone.
  await group.end();
  journal.removed(id);
  if (trouble === null && !signal.aborted && untouched > 0) {
    trouble = `workers ended with ${by ?? `exit ${code}`} and ${untouched} cases untouched; the last they said: ${stderr.trim().slice(-1_000)}`;
  }
  return trouble;
}

function count(watch: StoreWatch, planned: number): Progress {
  const verdicts = [...watch.finished.values()];
  return {
    planned,
    finished: verdicts.length,
    failed: verdicts.filter((v) => v === 'failed').length,
    broken: verdicts.filter((v) => v === 'broken').length,
  };
}
