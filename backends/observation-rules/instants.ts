/** Comparison of instants: by the call in which something happened, never by the clock alone. */
import { short } from './mismatch.ts';

/** When a call was under way, epoch milliseconds by the world's clock. */
export interface Interval {
  readonly startedAt: number;
  readonly endedAt: number;
}

/** The calls of a case by their number; 0, where it is known, is the making of the world. */
export type Timeline = ReadonlyMap<number, Interval>;

/**
 * Clients and servers write whole seconds: a pointer of quilt3 8.0.0 is named by the second it was written in, S3's LastModified and the
 * Expiration of temporary keys are cut or rounded up to one. So an instant may lie up to a second outside its call, and no more.
 */
const WHOLE_SECOND_MS = 1000;

const ISO_8601 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/;

/** True when the instant is that of the expected call (`@CALL`, `@CALL+SECONDS`; `@0` is the making of the world, or any time before the first call where that is not known), else what was expected, in words. */
export function instantWithin(expected: unknown, observed: unknown, timeline: Timeline): true | string {
  const match = typeof expected === 'string' ? /^@(\d+)(?:\+(\d+(?:\.\d+)?))?$/.exec(expected) : null;
  if (match === null) return expected === observed && epochOf(observed) !== null ? true : short(expected);
  const at = epochOf(observed);
  if (at === null) return 'an instant in ISO 8601 with a zone';
  const [call, after] = [Number(match[1]), Number(match[2] ?? 0) * 1000];
  if (call === 0 && !timeline.has(0)) return before(at, timeline) ? true : 'an instant before the first call';
  const interval = timeline.get(call);
  if (interval === undefined) return `an instant in call ${call}, which was not made`;
  const [from, to] = rangeOf(interval);
  if (at > from + after && at < to + after) return true;
  const words = `${new Date(from + after).toISOString()} to ${new Date(to + after).toISOString()}`;
  return `${words} (call ${call}${after === 0 ? '' : ` and ${after / 1000} s`})`;
}

/** True when both can be equally long after one and the same call, each by its own side's clock, or both lie before the first call; else what was expected. */
export function instantsAgree(expected: unknown, expectedTimeline: Timeline, observed: unknown, timeline: Timeline): true | string {
  const [left, right] = [epochOf(expected), epochOf(observed)];
  if (left === null || right === null) return left === null ? short(expected) : 'an instant in ISO 8601 with a zone';
  if (!(expectedTimeline.has(0) && timeline.has(0)) && before(left, expectedTimeline) && before(right, timeline)) return true;
  for (const [call, interval] of expectedTimeline) {
    const other = timeline.get(call);
    if (other === undefined) continue;
    const [a, b] = [rangeOf(interval), rangeOf(other)];
    if (left - a[1] < right - b[0] && right - b[1] < left - a[0]) return true;
  }
  return `${short(expected)}, or as long after any call on this side`;
}

function rangeOf({ startedAt, endedAt }: Interval): readonly [from: number, to: number] {
  return [startedAt - WHOLE_SECOND_MS, endedAt + WHOLE_SECOND_MS];
}

function before(at: number, timeline: Timeline): boolean {
  const first = Math.min(...[...timeline].flatMap(([call, { startedAt }]) => (call === 0 ? [] : [startedAt])));
  return at <= first;
}

function epochOf(value: unknown): number | null {
  if (typeof value !== 'string' || !ISO_8601.test(value)) return null;
  const at = Date.parse(value);
  return Number.isNaN(at) ? null : at;
}
