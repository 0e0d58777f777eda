/** What changed since an earlier run of the same target: new, fixed, still, gone. Pure. */
import type { JudgedCase, Verdict } from './result.ts';

/** Case ids, each list sorted. A case is wrong when it is failed, broken or not-run. */
export interface RunComparison {
  /** Wrong now; right, unsupported or not there before. */
  readonly new: readonly string[];
  /** Wrong before; passed or expected-failed now. */
  readonly fixed: readonly string[];
  /** Wrong before and now. */
  readonly still: readonly string[];
  /** In the earlier plan and not in this one, or asked then and unsupported now: what is lost of what was known. */
  readonly gone: readonly string[];
}

type Judged = Pick<JudgedCase, 'id' | 'verdict'>;

/** Compares two judged runs; the same case is the same id. */
export function compareRuns(before: readonly Judged[], now: readonly Judged[]): RunComparison {
  const was = new Map(before.map(({ id, verdict }) => [id, verdict]));
  const is = new Map(now.map(({ id, verdict }) => [id, verdict]));
  const ids = (judged: readonly Judged[]): readonly string[] => judged.map(({ id }) => id).sort();
  return {
    new: ids(now.filter(({ id, verdict }) => isWrong(verdict) && !isWrong(was.get(id)))),
    fixed: ids(before.filter(({ id, verdict }) => isWrong(verdict) && isRight(is.get(id)))),
    still: ids(now.filter(({ id, verdict }) => isWrong(verdict) && isWrong(was.get(id)))),
    gone: ids(before.filter(({ id, verdict }) => !is.has(id) || (verdict !== 'unsupported' && is.get(id) === 'unsupported'))),
  };
}

function isWrong(verdict: Verdict | undefined): boolean {
  return verdict === 'failed' || verdict === 'broken' || verdict === 'not-run';
}

function isRight(verdict: Verdict | undefined): boolean {
  return verdict === 'passed' || verdict === 'expected-failed';
}
