/** How large a text value is, told before it is written out: a few lines that double each other make more text than there is memory. */
import type { Run, TextValue, Unknown, Variant } from './text-value.ts';

const known = new WeakMap<object, number>();

/** Characters and pieces of the longest variant. */
export function sizeOf(value: TextValue): number {
  const size = known.get(value);
  if (size !== undefined) return size;
  const made = measure(value);
  known.set(value, made);
  return made;
}

function measure(value: TextValue): number {
  switch (value.kind) {
    case 'unknown':
      return 1;
    case 'text':
      return value.runs.reduce((sum, run) => sum + run.text.length + 1, 0);
    case 'mapped':
      return sizeOf(value.of);
    case 'joined':
      return value.parts.reduce((sum, part) => sum + sizeOf(part), 0);
    case 'choice':
      return value.of.reduce((most, one) => Math.max(most, sizeOf(one)), 0);
  }
}

/** How a value begins, in its first variant: enough to tell what it is, of a value that is too large to write out. */
export function beginningOf(value: TextValue, most = 5000): Variant {
  const found: (Run | Unknown)[] = [];
  const waiting: TextValue[] = [value];
  let length = 0;
  for (let one = waiting.pop(); one !== undefined && length < most; one = waiting.pop()) {
    if (one.kind === 'unknown') found.push(one);
    else if (one.kind === 'mapped') waiting.push(one.of);
    else if (one.kind === 'choice') waiting.push(...one.of.slice(0, 1));
    else if (one.kind === 'joined') waiting.push(...one.parts.toReversed());
    else {
      found.push(...one.runs);
      length += one.runs.reduce((sum, run) => sum + run.text.length, 1);
    }
  }
  return found;
}

/** The first of what a value can be, when there are too many to write out. */
export function firstVariant(value: TextValue): Variant {
  switch (value.kind) {
    case 'unknown':
      return [value];
    case 'text':
      return value.runs;
    case 'mapped':
      return firstVariant(value.of);
    case 'joined':
      return value.parts.flatMap((part) => firstVariant(part));
    case 'choice':
      return value.of[0] === undefined ? [] : firstVariant(value.of[0]);
  }
}
