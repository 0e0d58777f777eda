/** Tells every lie to the comparison, on what really happened, and says which nobody caught. */
import type { Difference } from '../../reports/result.ts';
import { compareRuns } from '../case/compare.ts';
import type { Run } from '../case/observation.ts';
import type { Lie } from './lies.ts';

/** A story told on a backend and on the oracle. */
export interface ToldTwice {
  /** Case id. */
  readonly id: string;
  readonly oracle: Run;
  readonly observed: Run;
}

export interface LieReport {
  readonly name: string;
  /** The case that caught it first, or null. */
  readonly caughtBy: string | null;
  /** Cases in which there was something to lie about. */
  readonly told: number;
}

/** Applies each lie to every story that has its operation, until one catches it. A story that differs without a lie catches nothing. */
export function tellLies(lies: readonly Lie[], stories: readonly ToldTwice[]): readonly LieReport[] {
  const honest = stories.filter(({ oracle, observed }) => compareRuns(oracle, observed).length === 0);
  return lies.map((lie) => {
    let told = 0;
    for (const { id, oracle, observed } of honest) {
      const lying = withLie(observed, lie);
      if (lying === null) continue;
      told++;
      const differences: readonly Difference[] = compareRuns(oracle, lying);
      if (differences.some(({ operation }) => operation === lie.operation)) return { name: lie.name, caughtBy: id, told };
    }
    return { name: lie.name, caughtBy: null, told };
  });
}

/** The run with the lie told at every call of its operation that has the field; null when none has. */
function withLie(run: Run, lie: Lie): Run | null {
  let any = false;
  const observations = run.observations.map((observation) => {
    if (observation.operation !== lie.operation) return observation;
    const outcome = lie.apply(observation.outcome);
    if (outcome === null) return observation;
    any = true;
    return { ...observation, outcome };
  });
  return any ? { ...run, observations } : null;
}
