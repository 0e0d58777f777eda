/** A target that is down costs seconds, not cases times their deadline: after three cases that could not reach it, its servers are asked. */
import { WireError } from '../../backends/wire/door.ts';
import { openDoor } from '../../backends/wire/open-door.ts';
import { originsOf, type Target } from '../../fixtures/target.ts';
import type { CaseResult, PlannedCase } from '../../reports/result.ts';
import { notRun } from './not-run.ts';

export interface Breaker {
  /** The not-run result of a case that need not be tried, or null. */
  before(planned: PlannedCase, reproduce: string): Promise<CaseResult | null>;
  /** The result as it counts: a failure in which a connection was lost says nothing of the subject when the target is gone. */
  after(result: CaseResult): Promise<CaseResult>;
}

/** Cases that passed in between do not count: of a target whose registry alone is down, those that need S3 only still pass. */
const REFUSED = 3;
const ANSWERS_WITHIN_MS = 2_000;
/** How the wire says that an answer broke off (`wire-failure.ts`). */
const LOST = /expected a whole answer, got an end of the connection before it/;
const UNREACHABLE = /could not be reached|a world could not be made|ControlError/;

/** A breaker over the servers of a target. */
export function createBreaker(target: Target): Breaker {
  let refused = 0;
  let down: string | null = null;
  return {
    async before(planned, reproduce) {
      if (down === null && refused >= REFUSED) {
        down = await firstDown(target);
        if (down === null) refused = 0;
      }
      if (down === null) return null;
      return notRun(planned, down, reproduce);
    },
    async after(result) {
      const { verdict, message = '' } = result;
      if (verdict === 'broken' && UNREACHABLE.test(message)) refused++;
      if (verdict !== 'failed' || !LOST.test(message)) return result;
      const gone = down ?? (await firstDown(target));
      if (gone === null) return result;
      down = gone;
      return { ...result, verdict: 'broken', message: `broken: ${gone}; what it saw before:\n${message}` };
    },
  };
}

/** The first server of the target that gives no HTTP answer at all, and why; null when all do. */
async function firstDown(target: Target): Promise<string | null> {
  const origins = [...originsOf(target), ...(target.controlUrl === null ? [] : [new URL(target.controlUrl).origin])];
  await using door = openDoor(
    { origins, writes: 'never', deadlineMs: ANSWERS_WITHIN_MS, bodyLimit: 1024 * 1024, ...(target.ca === null ? {} : { ca: target.ca }) },
    null,
  );
  for (const origin of origins) {
    try {
      await door.request({ protocol: 'rest', operation: `GET ${origin}`, method: 'GET', url: `${origin}/`, headers: {}, reads: true });
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      return `${origin} gives no answer: ${error.message}`;
    }
  }
  return null;
}
