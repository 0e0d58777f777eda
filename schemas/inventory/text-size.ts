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

const depths = new WeakMap<object, number>();

/** How deeply a value is made of others; told from the inside out, so that it is known of what is in it. */
export function depthOf(value: TextValue): number {
  const depth = depths.get(value);
  if (depth !== undefined) return depth;
  const inside = value.kind === 'joined' ? value.parts : value.kind === 'choice' ? value.of : value.kind === 'mapped' ? [value.of] : [];
  const made = 1 + inside.reduce((most, one) => Math.max(most, depthOf(one)), 0);
  depths.set(value, made);
  return made;
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
export const firstVariant = (value: TextValue): Variant => beginningOf(value, Number.POSITIVE_INFINITY);
