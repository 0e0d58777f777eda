/** One difference between two values, in words short enough to read. */

export interface Mismatch {
  /** Path from the value: `children.a.csv.size`, `error.class`; empty for the value itself. */
  readonly field: string;
  readonly expected: string;
  readonly observed: string;
}

/** Longest text of a value in a difference, characters. */
const LONGEST = 300;

/** A value as JSON on one line, cut; `absent` when there is none. */
export function short(value: unknown): string {
  if (value === undefined) return 'absent';
  const text =
    typeof value === 'bigint'
      ? `${value}n`
      : (JSON.stringify(value, (_, member) => (typeof member === 'bigint' ? `${member}n` : member)) ?? String(value));
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}… (${text.length} characters)`;
}

/** A difference of two values; `undefined` is absent. */
export function mismatch(field: string, expected: unknown, observed: unknown): Mismatch {
  return { field, expected: short(expected), observed: short(observed) };
}
