/** The verdict on a fault: what came out with it against what came out without. */
import { posix } from 'node:path';
import { type Fault, saysOf } from '../../fixtures/faults/fault.ts';
import type { Verdict } from '../../reports/result.ts';

/** What came of one case. */
export interface Outcome {
  readonly verdict: Verdict;
  /** Empty when it passed. */
  readonly message: string;
}

/** `missed`: it was not caught as it says. `false-alarm`: it was, and something else changed as well. `broken`: nothing can be said. */
export type FaultVerdict = 'caught' | 'missed' | 'false-alarm' | 'broken';

export interface FaultJudgement {
  readonly verdict: FaultVerdict;
  /** Cases in `catches` that failed as they should. */
  readonly caughtBy: readonly string[];
  /** What the first of them says; null when there is none. */
  readonly message: string | null;
  /** One line each: what: expected X, got Y. */
  readonly troubles: readonly string[];
  /** Cases that changed though the fault does not say so. */
  readonly falseAlarms: readonly string[];
}

/** Judges a fault by all cases that ran under it; `clean` holds the same cases without it. */
export function judgeFault(
  fault: Pick<Fault, 'catches' | 'says' | 'blinds'>,
  clean: ReadonlyMap<string, Outcome>,
  under: ReadonlyMap<string, Outcome>,
): FaultJudgement {
  const sick = [...under.keys()].filter((id) => !['passed', 'unsupported'].includes(clean.get(id)?.verdict ?? 'not-run'));
  if (sick.length > 0 || under.size === 0) {
    const troubles = sick.map((id) => `${id} without the fault: expected passed, got ${told(clean.get(id))}`);
    if (under.size === 0) troubles.push('cases that could notice it: expected at least one, got none');
    return { verdict: 'broken', caughtBy: [], message: null, troubles, falseAlarms: [] };
  }
  const ids = [...under.keys()].filter((id) => clean.get(id)?.verdict === 'passed');
  const of = (globs: readonly string[]) => ids.filter((id) => globs.some((glob) => posix.matchesGlob(id, glob)));
  const catching = of(fault.catches);
  const missed = fault.catches
    .filter((glob) => of([glob]).length === 0)
    .map((glob) => `catches ${glob}: expected a case that can be asked here, got none`);
  const caughtBy: string[] = [];
  for (const id of catching) {
    const { verdict, message } = under.get(id) as Outcome;
    const says = fault.catches.filter((glob) => posix.matchesGlob(id, glob)).flatMap((glob) => saysOf(fault, glob));
    const unsaid = [...new Set(says)].filter((text) => !message.includes(text));
    if (verdict !== 'failed') missed.push(`${id}: expected failed, got ${told(under.get(id))}`);
    else if (unsaid.length > 0)
      missed.push(
        `${id}: expected its message to say ${unsaid.map((text) => JSON.stringify(text)).join(', ')}, got ${message.slice(0, MOST * 3)}`,
      );
    else caughtBy.push(id);
  }
  const blind = of(fault.blinds).filter((id) => !catching.includes(id));
  for (const id of blind) {
    const { verdict, message } = under.get(id) as Outcome;
    if (!['broken', 'not-run'].includes(verdict) || !catching.some((by) => message.includes(by)))
      missed.push(`${id}: expected broken or not-run, and the name of the case that caught it, got ${told(under.get(id))}`);
  }
  const falseAlarms = [...under.keys()].filter(
    (id) => !catching.includes(id) && !blind.includes(id) && under.get(id)?.verdict !== clean.get(id)?.verdict,
  );
  const alarms = falseAlarms.map((id) => `${id}: expected ${clean.get(id)?.verdict} as without the fault, got ${told(under.get(id))}`);
  const verdict = missed.length > 0 ? 'missed' : falseAlarms.length > 0 ? 'false-alarm' : 'caught';
  const message = under.get(caughtBy[0] ?? '')?.message ?? null;
  return { verdict, caughtBy, message, troubles: [...missed, ...alarms], falseAlarms };
}

/** Longest part of a case's message that is told. */
const MOST = 400;

function told(outcome: Outcome | undefined): string {
  if (outcome === undefined) return 'nothing';
  const [line = ''] = outcome.message.split('\n');
  return line === '' ? outcome.verdict : `${outcome.verdict}: ${line.slice(0, MOST)}`;
}
