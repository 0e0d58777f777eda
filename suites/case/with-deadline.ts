/** The end of a case that has none of its own. */
import { type CaseOutcome, NOTHING_ASKED } from './case-outcome.ts';

/** A case that outlives its deadline, or whose runner fails, is broken: nothing can be said of the subject. */
export async function withDeadline(work: Promise<CaseOutcome>, deadlineMs: number): Promise<CaseOutcome> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<CaseOutcome>((resolve) => {
    timer = setTimeout(
      () => resolve({ verdict: 'broken', message: `deadline: expected an end within ${deadlineMs} ms, got none`, ...NOTHING_ASKED }),
      deadlineMs,
    );
  });
  try {
    return await Promise.race([work, late]);
  } catch (error) {
    return {
      verdict: 'broken',
      message: `the case runner: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      ...NOTHING_ASKED,
    };
  } finally {
    clearTimeout(timer);
  }
}
