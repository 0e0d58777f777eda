/** The main job: target → plan → workers → store. Reports and gate read the store afterwards. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Backend } from '../../backends/backend.ts';
import type { Target } from '../../fixtures/target.ts';
import type { Journal } from '../../reports/journal.ts';
import { planDigest } from '../../reports/merge-stores.ts';
import type { PlannedCase, RunRecord } from '../../reports/result.ts';
import { createStore, finishStore } from '../../reports/store.ts';
import { planCases } from '../case/plan.ts';
import { loadSuite, root, suitePaths } from '../case/suite-files.ts';
import { applyFault } from '../faults/apply-fault.ts';
import { faultTarget, refuseElsewhere } from '../faults/fault-target.ts';
import { findFault } from '../faults/find-fault.ts';
import { BACKENDS, loadBackends } from './backends.ts';
import { featuresOf } from './features.ts';
import { startParts } from './parts.ts';
import { preflight } from './preflight.ts';
import { type Progress, runPlan } from './run-plan.ts';
import { writeSchema } from './schema-file.ts';
import { EVERYTHING, NothingSelected, narrowedBy, refuseGone, refuseUnknown, type Selection, whyNothing } from './selection.ts';

/** Where stores stand unless told otherwise. */
export const STORES = join(root, 'reports/out');

export interface RunOptions extends Selection {
  /** Id and journal of the run, which exist before anything is started for it. */
  readonly runId: string;
  readonly journal: Journal;
  readonly seed: number;
  readonly storesDir: string;
  /** ` --target FILE`, or empty for the embedded target. */
  readonly targetArgument: string;
  /** Absolute path of the target file; null for the embedded target. */
  readonly targetFile: string | null;
  /** Incident that is made to happen under every case. */
  readonly fault?: string;
  readonly signal: AbortSignal;
  progress(progress: Progress): void;
}

/** Reads the backends and suites of a selection, so that planning finds them read: a target that starts in a process of its own takes as long. */
export function readAhead(selection: Selection): void {
  const reading = Promise.all([loadBackends(selection.backends), ...suitePaths(selection.suites).map(loadSuite)]);
  // Planning reads them too, and tells what is wrong with them.
  reading.catch(() => undefined);
}

/** Plans what the selection names on the target, without asking the target anything. Throws NothingSelected for a suite that there is not. */
export async function planRun(
  target: Target,
  selection: Selection,
): Promise<{ readonly plan: readonly PlannedCase[]; readonly whole: readonly PlannedCase[]; readonly backends: readonly Backend[] }> {
  const backends = await loadBackends(selection.backends);
  const files = await Promise.all(suitePaths(selection.suites).map(loadSuite));
  const options = { ...selection, target, backends, features: featuresOf(target) };
  refuseUnknown(selection.suites, planCases(files, { ...options, ...EVERYTHING }));
  if (selection.ids !== null && selection.suites.length === 0)
    refuseGone(selection.ids, planCases(files, { ...options, ...EVERYTHING, backends: await loadBackends(BACKENDS) }));
  const whole = planCases(files, { ...options, shard: null });
  return { plan: selection.shard === null ? whole : planCases(files, options), whole, backends };
}

/** Runs the selection on a target that answers, and returns the store's folder. Throws before anything is written when the target or the plan is wrong. */
export async function runSuites(target: Target, options: RunOptions): Promise<{ readonly store: string; readonly record: RunRecord }> {
  const { plan, whole, backends } = await planRun(target, options);
  if (plan.length === 0) throw new NothingSelected(whyNothing(options, whole.length));
  // A tenant of a case's own has buckets as they must be.
  const shared = target.controlUrl === null && target.writes === 'namespace';
  const writesInBuckets = shared && plan.some(({ unsupported, backend }) => unsupported === null && backend !== null);
  const schema = await preflight(target, { writesInBuckets });
  const fault = options.fault === undefined ? null : await findFault(options.fault);
  const applied = applyFault(fault);
  if (fault !== null) refuseElsewhere(target, fault, applied);
  // A run under a fault is compared with none but one under the same.
  const narrowed = [narrowedBy(options), fault && `--fault ${fault.id}`].filter((part) => part !== null).join(' ') || null;
  const startedAt = new Date();
  const record: RunRecord = {
    version: 1,
    runId: options.runId,
    target: target.name,
    ...(options.targetFile === null ? {} : { targetFile: options.targetFile }),
    subjects: Object.fromEntries(backends.map(({ name, subject }) => [name, target.subjects[name] ?? subject])),
    seed: options.seed,
    shard: options.shard,
    ...(options.shard === null ? {} : { wholePlan: planDigest(whole) }),
    ...(narrowed === null ? {} : { narrowed }),
    startedAt: startedAt.toISOString(),
    finishedAt: null,
    trouble: null,
    plan,
  };
  // The record comes last: a folder with one is a whole store, whenever the run is killed.
  const allureDir = join(options.storesDir, options.runId, 'allure-results');
  mkdirSync(allureDir, { recursive: true });
  if (schema !== null) writeSchema(join(options.storesDir, options.runId), applied.schemaOf(schema.introspection));
  const store = createStore(options.storesDir, record);
  await using started = await startParts(plan, target, options);
  await using faulted = await faultTarget(target, plan, applied);
  const settings = {
    store,
    parts: started.parts,
    target: faulted.target,
    backends: options.backends,
    seed: options.seed,
    attempt: 1,
    ids: null,
    targetArgument: options.targetArgument,
    targetFile: options.targetFile,
    fault: fault?.id ?? null,
  };
  const { trouble } = await runPlan(plan, settings, {
    allureDir,
    journal: options.journal,
    progress: options.progress,
    signal: options.signal,
  });
  return { store, record: finishStore(store, { finishedAt: new Date(), trouble }) };
}
