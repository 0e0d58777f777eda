/** The main job: target → plan → workers → store. Reports and gate read the store afterwards. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Backend } from '../../backends/backend.ts';
import type { BackendName } from '../../backends/quilt-ops.ts';
import type { Target } from '../../fixtures/target.ts';
import type { Journal } from '../../reports/journal.ts';
import type { PlannedCase, RunRecord } from '../../reports/result.ts';
import { createStore, finishStore } from '../../reports/store.ts';
import { type PlanOptions, planCases } from '../case/plan.ts';
import { loadSuite, root, suitePaths } from '../case/suite-files.ts';
import { loadBackends } from './backends.ts';
import { contractOf } from './contract-of.ts';
import { featuresOf } from './features.ts';
import { type Progress, runPlan } from './run-plan.ts';
import { writeSchema } from './schema-file.ts';

/** Where stores stand unless told otherwise. */
export const STORES = join(root, 'reports/out');

export interface Selection extends Pick<PlanOptions, 'suites' | 'grep' | 'tags' | 'ids' | 'shard'> {
  readonly backends: readonly BackendName[];
}

export interface RunOptions extends Selection {
  /** Id and journal of the run, which exist before anything is started for it. */
  readonly runId: string;
  readonly journal: Journal;
  readonly seed: number;
  readonly storesDir: string;
  /** ` --target FILE`, or empty for the embedded target. */
  readonly targetArgument: string;
  readonly signal: AbortSignal;
  progress(progress: Progress): void;
}

/** Plans what the selection names on the target, without asking the target anything. */
export async function planRun(
  target: Target,
  selection: Selection,
): Promise<{ readonly plan: readonly PlannedCase[]; readonly backends: readonly Backend[] }> {
  const backends = await loadBackends(selection.backends);
  const files = await Promise.all(suitePaths().map(loadSuite));
  return { plan: planCases(files, { ...selection, backends, features: featuresOf(target) }), backends };
}

/** Runs the selection on a target that answers, and returns the store's folder. Throws before anything is written when the target or the plan is wrong. */
export async function runSuites(target: Target, options: RunOptions): Promise<{ readonly store: string; readonly record: RunRecord }> {
  const { introspection } = await contractOf(target);
  const { plan, backends } = await planRun(target, options);
  if (plan.length === 0) throw new NothingSelected('nothing selected: expected at least one case, got none; see `npx crosscheck list`');
  const startedAt = new Date();
  const record: RunRecord = {
    version: 1,
    runId: options.runId,
    target: target.name,
    subjects: Object.fromEntries(backends.map(({ name, subject }) => [name, target.subjects[name] ?? subject])),
    seed: options.seed,
    shard: options.shard,
    startedAt: startedAt.toISOString(),
    finishedAt: null,
    trouble: null,
    plan,
  };
  const store = createStore(options.storesDir, record);
  writeSchema(store, introspection);
  const allureDir = join(store, 'allure-results');
  mkdirSync(allureDir, { recursive: true });
  const settings = {
    store,
    target,
    backends: options.backends,
    seed: options.seed,
    attempt: 1,
    ids: null,
    targetArgument: options.targetArgument,
  };
  const { trouble } = await runPlan(plan, settings, {
    allureDir,
    journal: options.journal,
    progress: options.progress,
    signal: options.signal,
  });
  return { store, record: finishStore(store, { finishedAt: new Date(), trouble }) };
}

/** The selection holds no case: a run of nothing says nothing. */
export class NothingSelected extends Error {
  override readonly name = 'NothingSelected';
}
