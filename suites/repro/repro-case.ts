/** One case on its backends side by side, without any test framework, recorded whole. */
import type { BackendName } from '../../backends/quilt-ops.ts';
import type { Target } from '../../fixtures/target.ts';
import type { Journal } from '../../reports/journal.ts';
import type { CaseResult, PlannedCase } from '../../reports/result.ts';
import { createStandIns } from '../../reports/stand-ins.ts';
import { createCaseRunner } from '../case/run-case.ts';
import { loadSuite } from '../case/suite-files.ts';
import { contractOf } from '../run/contract-of.ts';
import type { HostedRun } from '../run/live-host.ts';
import { startParts } from '../run/parts.ts';
import { planRun } from '../run/run-suites.ts';
import { EVERYTHING } from '../run/selection.ts';
import { withApp } from '../run/with-app.ts';
import { createRecordHost } from './record-host.ts';
import type { ReproFile } from './repro-file.ts';

export interface ReproOptions {
  readonly target: Target;
  /** As `LiveHostOptions`. */
  readonly targetArgument: string;
  readonly run: HostedRun & { readonly journal: Journal };
  readonly backends: readonly BackendName[];
  readonly seed: number;
  /** Ends it early, with what it opened: throws Interrupted. */
  readonly signal?: AbortSignal;
}

/** It was asked to end before its end. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/** Runs the case and the others of its scenario at the same point, so that the sides stand beside each other; null when the plan has no such case. */
export async function reproCase(id: string, options: ReproOptions): Promise<Omit<ReproFile, 'version'> | null> {
  const { seed, targetArgument, run } = options;
  const { plan, backends } = await planRun(options.target, { ...EVERYTHING, backends: options.backends });
  const cases = siblingsOf(id, plan);
  const [first] = cases;
  if (first === undefined) return null;
  const target = await withApp(options.target, cases);
  const schema = target.hasPlatform ? await contractOf(target) : null;
  const contract = schema?.contract ?? null;
  const standIns = createStandIns();
  await using started = await startParts(cases, target, { runId: run.id, journal: run.journal });
  await using host = createRecordHost({ target, backends, contract, seed, targetArgument, run, parts: started.parts }, standIns);
  const runner = createCaseRunner(host);
  const { suite } = await loadSuite(first.file);
  const interrupted = once(options.signal);
  const results: (PlannedCase & { result: CaseResult })[] = [];
  for (const planned of cases) results.push({ ...planned, result: await Promise.race([runner.run(planned, suite), interrupted]) });
  const sides = host.sides();
  const { controlUrl } = target;
  const told = { ...target, controlUrl: controlUrl === null ? null : new URL(controlUrl).origin };
  const recording = {
    target: standIns.json(told) as ReproFile['recording']['target'],
    schema: JSON.stringify(schema?.introspection ?? null),
    run: { id: run.id, part: run.part },
    sides,
    tokens: standIns.tokens,
  };
  return { id, seed, cases: results, recording };
}

/** Rejects when the signal aborts, and never else. */
function once(signal: AbortSignal | undefined): Promise<never> {
  const interrupted = new Promise<never>((_, reject) => {
    const end = () => reject(new Interrupted('interrupted before the case came to its end'));
    if (signal?.aborted === true) end();
    signal?.addEventListener('abort', end, { once: true });
  });
  interrupted.catch(() => undefined);
  return interrupted;
}

function siblingsOf(id: string, plan: readonly PlannedCase[]): readonly PlannedCase[] {
  const asked = plan.find((planned) => planned.id === id);
  if (asked === undefined) return [];
  const point = JSON.stringify(asked.parameters);
  return plan.filter((planned) => planned.scenario === asked.scenario && JSON.stringify(planned.parameters) === point);
}
