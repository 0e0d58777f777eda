/** What AWS answers, or does not: what is missing is a finding, what was not told leaves the case broken. */
import { CheckBroken } from '../case/resource-check.ts';

/** The answer, or null when the service says by one of these codes that there is no such thing; any other error is thrown on. */
export async function orMissing<T>(answer: Promise<T>, codes: readonly string[], says?: RegExp): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Error && codes.includes(error.name) && (says?.test(error.message) ?? true)) return null;
    throw error;
  }
}

/** The member of an answer. Throws CheckBroken where the service left it out: an answer without it says nothing of the resource. */
export function told<T>(member: T | undefined | null, what: string): T {
  if (member === undefined || member === null) throw new CheckBroken(`${what}: expected it in the answer of AWS, got an answer without it`);
  return member;
}

/** A reason that is only looked for when something is wrong; that it could not be read never hides what was wrong. */
export async function reasonFrom(look: () => Promise<string | undefined>): Promise<{ readonly reason?: string }> {
  try {
    const reason = await look();
    return reason === undefined ? {} : { reason };
  } catch (error) {
    return { reason: `its reason could not be read: ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}` };
  }
}
