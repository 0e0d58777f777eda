/** The proof: each fault on one warm target, the cases that could notice it, and what caught it. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Backend } from '../../backends/backend.ts';
import type { Fault } from '../../fixtures/faults/fault.ts';
import type { PlatformTarget } from '../../fixtures/target.ts';
import type { PlannedCase } from '../../reports/result.ts';
import { contractFromIntrospection } from '../../schemas/load-contract.ts';
import { printSnapshot } from '../../schemas/print-snapshot.ts';
import { planCases } from '../case/plan.ts';
import { createCaseRunner } from '../case/run-case.ts';
import { loadSuite, type SuiteFile, suitePaths } from '../case/suite-files.ts';
import { contractOf } from '../run/contract-of.ts';
import { featuresOf } from '../run/features.ts';
import { createLiveHost } from '../run/live-host.ts';
import { startParts } from '../run/parts.ts';
import { applyFault } from './apply-fault.ts';
import { checkPlans, PLAN } from './check-plans.ts';
import { faultTarget } from './fault-target.ts';
import { type FaultJudgement, judgeFault, type Outcome } from './judge-fault.ts';
import { SCAN, scanRelease } from './scan-release.ts';

/** Faults under way at once: one waits for the target while another works. */
const LANES = 2;

export interface FaultReport extends FaultJudgement {
  readonly id: string;
  readonly durationMs: number;
}

export interface FaultsOptions {
  readonly target: PlatformTarget;
  readonly backends: readonly Backend[];
  readonly faults: readonly Fault[];
  /** Everything is run under each fault, whatever it uses. */
  readonly full: boolean;
  /** Nothing is applied, so that each must be reported missed: the proof of the proof. */
  readonly emptied: boolean;
  /** Where the schema of the clean target is kept while it lasts. */
  readonly dir: string;
  /** Names what is started in the journal, by the run's id. */
  readonly starting: Parameters<typeof startParts>[2];
  readonly signal: AbortSignal;
  /** Called after the clean run with null, then with each fault that is done. */
  progress(done: FaultReport | null): void;
}

/** Runs the faults; the reports are in their order. Those that a signal cut off are left out. */
export async function runFaults(options: FaultsOptions): Promise<readonly FaultReport[]> {
  const { faults, dir, backends, full, emptied, signal } = options;
  const live = await contractOf(options.target);
  const snapshot = join(dir, 'snapshot.graphql');
  writeFileSync(snapshot, printSnapshot(live.contract));
  const target: PlatformTarget = { ...options.target, schemaSnapshot: snapshot };
  const files = await Promise.all(suitePaths().map(loadSuite));
  const everywhere = { target, backends, features: featuresOf(target), suites: [], grep: null, tags: [], ids: null, shard: null };
  const plan = planCases(files, everywhere);
  refuseUnknown(faults, plan);
  const used = full ? null : [...new Set(faults.flatMap(({ uses }) => uses))];
  await using started = await startParts(
    plan.filter((planned) => used === null || isUsed(planned, used)),
    target,
    options.starting,
  );

  /** What came of all cases of these scenarios, under a fault or, with null, under none. */
  const outcomesOf = async (uses: readonly string[] | null, fault: Fault | null): Promise<ReadonlyMap<string, Outcome>> => {
    const applied = applyFault(fault);
    const outcomes = new Map<string, Outcome>();
    if (uses === null || uses.includes(SCAN)) for (const [id, outcome] of await scanRelease(applied.edits)) outcomes.set(id, outcome);
    if (uses === null || uses.includes(PLAN)) for (const [id, outcome] of await checkPlans(applied.plans)) outcomes.set(id, outcome);
    const introspection = applied.schemaOf(live.introspection);
    const contract = introspection === live.introspection ? live.contract : contractFromIntrospection(introspection, 'the live schema');
    const chosen = plan.filter((planned) => uses === null || isUsed(planned, uses));
    await using faulted = await faultTarget(target, chosen, applied);
    await using host = createLiveHost({
      target: faulted.target,
      backends,
      contract,
      seed: 1,
      run: null,
      targetArgument: '',
      parts: started.parts,
      ...applied.host,
    });
    const runner = createCaseRunner(host);
    for (const [file, cases] of Map.groupBy(chosen, (planned) => planned.file)) {
      const { suite, scenario } = files.find((one) => one.file === file) as SuiteFile;
      for (const planned of runner.begin(cases, suite)) {
        if (signal.aborted) return outcomes;
        const { verdict, message = '' } = await runner.run(planned, suite);
        outcomes.set(planned.id, { verdict, message });
      }
      runner.forget(scenario);
    }
    return outcomes;
  };

  const clean = await outcomesOf(used, null);
  options.progress(null);
  const reports = new Map<string, FaultReport>();
  const left = [...faults];
  const lane = async (): Promise<void> => {
    for (let fault = left.shift(); fault !== undefined && !signal.aborted; fault = left.shift()) {
      const startedAt = Date.now();
      const under = await outcomesOf(full ? null : fault.uses, emptied ? null : fault);
      if (signal.aborted) return;
      const report = { id: fault.id, ...judgeFault(fault, clean, under), durationMs: Date.now() - startedAt };
      reports.set(fault.id, report);
      options.progress(report);
    }
  };
  // Checks of the platform share the target's first tenant, and some write there: of two at once each would disturb the other.
  await Promise.all(Array.from({ length: full ? 1 : LANES }, lane));
  return faults.flatMap(({ id }) => reports.get(id) ?? []);
}

function isUsed({ suite, scenario }: PlannedCase, uses: readonly string[]): boolean {
  return uses.includes(suite) || uses.includes(scenario);
}

/** A scenario that is gone would make a fault cheap to miss. */
function refuseUnknown(faults: readonly Fault[], plan: readonly PlannedCase[]): void {
  for (const { id, uses } of faults)
    for (const use of uses)
      if (use !== SCAN && use !== PLAN && !plan.some((planned) => isUsed(planned, [use])))
        throw new Error(`fault ${id}: uses ${use}: expected a suite, got none`);
}
