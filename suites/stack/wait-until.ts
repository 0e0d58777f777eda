/** A wait for what is still in progress on AWS, also where the SDK has no waiter: named, bounded, and it says what was seen last. */
import type { Target } from '../../fixtures/target.ts';

export interface Wait {
  /** What is waited for, as a message tells it. */
  readonly name: string;
  readonly maxMs: number;
  /** Milliseconds between the first two questions; each further one is half as long again, up to 5 s. */
  readonly firstMs?: number;
}

export interface Waited<T> {
  /** What was seen last. */
  readonly last: T;
  readonly ended: boolean;
  /** ` after 10 s of waiting for NAME` where it did not end, else nothing. */
  readonly note: string;
}

const LONGEST_MS = 5_000;
const FIRST_MS = 200;

/** Asks until `ended` holds or the time is over. What `ask` throws is thrown on: a failure to answer is never waited away. */
export async function waitUntil<T>(
  { name, maxMs, firstMs = FIRST_MS }: Wait,
  ask: () => Promise<T>,
  ended: (seen: T) => boolean,
): Promise<Waited<T>> {
  const until = performance.now() + maxMs;
  for (let pause = firstMs; ; pause = Math.min(pause * 1.5, LONGEST_MS)) {
    const last = await ask();
    if (ended(last)) return { last, ended: true, note: '' };
    const left = until - performance.now();
    if (left <= 0) return { last, ended: false, note: ` after ${maxMs / 1000} s of waiting for ${name}` };
    await new Promise((resolve) => setTimeout(resolve, Math.min(pause, left)));
  }
}

/** How long the target lets what is in progress take, milliseconds. */
export function settleMs({ deployment: { aws } }: Target): number {
  return (aws?.settleSeconds ?? 0) * 1000;
}
