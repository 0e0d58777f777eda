/** Comparison of JSON values: members unordered, elements ordered, 1 and 1.0 equal, 1 and "1" not. */
import { type Mismatch, mismatch } from './mismatch.ts';

/** Every place in which two JSON values differ; what is no JSON (undefined, NaN, a function) differs from everything. */
export function jsonMismatches(expected: unknown, observed: unknown, field: string): Mismatch[] {
  if (Array.isArray(expected) && Array.isArray(observed)) {
    const length = Math.max(expected.length, observed.length);
    return Array.from({ length }, (_, at) => at).flatMap((at) => jsonMismatches(expected[at], observed[at], below(field, at)));
  }
  if (isPlain(expected) && isPlain(observed)) {
    const names = new Set([...Object.keys(expected), ...Object.keys(observed)]);
    return [...names].flatMap((name) =>
      Object.hasOwn(expected, name) && Object.hasOwn(observed, name)
        ? jsonMismatches(expected[name], observed[name], below(field, name))
        : [mismatch(below(field, name), expected[name], observed[name])],
    );
  }
  return isScalar(observed) && expected === observed ? [] : [mismatch(field, expected, observed)];
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isScalar(value: unknown): boolean {
  return value === null || typeof value === 'string' || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value));
}

function below(field: string, name: string | number): string {
  return field === '' ? String(name) : `${field}.${name}`;
}
