/**
 * How two observed values are compared: one rule a kind of shape, total, and no field is ignored. The expected side is the oracle's, in the
 * syntax that `shapes.ts` states, or another backend's. Every difference is reported, not the first.
 */
import type { ErrorDetail } from './errors.ts';
import { EXACT_FACTS } from './errors.ts';
import { instantsAgree, instantWithin, type Timeline } from './observation-rules/instants.ts';
import { jsonMismatches } from './observation-rules/json.ts';
import { type Mismatch, mismatch, short } from './observation-rules/mismatch.ts';
import { objectUrlMismatches } from './observation-rules/object-url.ts';
import { isGenerated, type Pairing } from './observation-rules/pairing.ts';
import type { Shape } from './shapes.ts';

export type { Interval, Timeline } from './observation-rules/instants.ts';
export type { Mismatch } from './observation-rules/mismatch.ts';
export { isGenerated, Pairing } from './observation-rules/pairing.ts';
export { symbolizer } from './observation-rules/symbols.ts';

/** What a comparison knows beside the two values. */
export interface Comparison {
  /** Generated names met so far in the case: each has one partner on the other side. */
  readonly pairing: Pairing;
  /** When the observed side's calls were made. */
  readonly timeline: Timeline;
  /** When the other side's were, where that is a real backend too; absent when it is the oracle. */
  readonly expectedTimeline?: Timeline;
  /** True when top hashes cannot be foretold (see `#hash:`) and two real ones are compared. */
  readonly hashesAreGenerated?: boolean;
}

/** Compares a value with what it must be; empty when they are the same. */
export function compareValue(shape: Shape, expected: unknown, observed: unknown, comparison: Comparison, field = ''): Mismatch[] {
  switch (shape.kind) {
    case 'string':
      return compareString(expected, observed, comparison, field);
    case 'number':
    case 'boolean':
      return expected === observed && typeof observed === shape.kind ? [] : [mismatch(field, expected, observed)];
    case 'json':
      return jsonMismatches(expected, observed, field);
    case 'instant':
      return compareInstant(expected, observed, comparison, field);
    case 'identifier':
      return compareIdentifier(expected, observed, comparison, field);
    case 'object-url':
      return objectUrlMismatches(expected, observed, comparison.pairing, field);
    case 'presigned-url':
      return expected === observed && typeof observed === 'string' ? [] : [mismatch(field, expected, observed)];
    case 'nullable':
      if (expected === null || observed === null) return expected === observed ? [] : [mismatch(field, expected, observed)];
      return compareValue(shape.of, expected, observed, comparison, field);
    case 'sequence':
      return compareSequence(shape.of, expected, observed, comparison, field);
    case 'set':
      return compareSet(shape, expected, observed, comparison, field);
    case 'empty':
      return isEmpty(expected) && isEmpty(observed) ? [] : [mismatch(field, expected, observed)];
    case 'record':
      return compareRecord(shape.fields, expected, observed, comparison, field);
  }
}

/** An error as both sides are asked for it. */
export interface ComparedError {
  readonly class: string;
  readonly operation: string;
  readonly detail: ErrorDetail;
  readonly message: string;
}

/**
 * Compares two errors: class, operation and exact facts, absent equal to absent; a fact that the oracle generated (`#LABEL`) pairs as
 * identifiers do. `code` and `text` count where the oracle names them: `code` exactly, `text` as contained. Between two backends they do not,
 * since each speaks of its own server.
 */
export function compareError(
  expected: ComparedError,
  observed: ComparedError,
  comparison: Comparison,
  generated: readonly string[] = [],
): Mismatch[] {
  const found: Mismatch[] = [];
  if (expected.class !== observed.class) found.push(mismatch('error.class', expected.class, `${observed.class}: ${observed.message}`));
  if (expected.operation !== observed.operation) found.push(mismatch('error.operation', expected.operation, observed.operation));
  if (observed.message.trim() === '') found.push(mismatch('error.message', 'a message', observed.message));
  for (const fact of EXACT_FACTS) {
    const [wanted, got] = [expected.detail[fact], observed.detail[fact]];
    const pairs =
      wanted !== undefined &&
      got !== undefined &&
      ((comparison.expectedTimeline === undefined && isGenerated(wanted)) || generated.includes(fact));
    if (pairs ? !comparison.pairing.pair('identifier', wanted, got) : wanted !== got) found.push(mismatch(`error.${fact}`, wanted, got));
  }
  const known: readonly string[] = [...EXACT_FACTS, 'code', 'text'];
  for (const fact of Object.keys(observed.detail))
    if (!known.includes(fact)) found.push(mismatch(`error.${fact}`, undefined, 'a fact that the interface does not have'));
  if (comparison.expectedTimeline !== undefined) return found;
  const { code, text } = expected.detail;
  if (code !== undefined && code !== observed.detail.code) found.push(mismatch('error.code', code, observed.detail.code));
  if (text !== undefined && observed.detail.text?.includes(text) !== true)
    found.push(mismatch('error.text', `…${text}…`, observed.detail.text));
  return found;
}

const TOP_HASH = /^[0-9a-f]{64}$/;

/** Beginning of an expected text that the observed one need only contain: sentences of a server are never equated. */
const CONTAINED = '#text:';

function compareString(expected: unknown, observed: unknown, comparison: Comparison, field: string): Mismatch[] {
  if (typeof expected !== 'string' || typeof observed !== 'string') return [mismatch(field, expected, observed)];
  const { pairing, hashesAreGenerated, expectedTimeline } = comparison;
  // What a backend says is a text, whatever it begins with.
  const byOracle = expectedTimeline === undefined;
  if (byOracle && expected.startsWith(CONTAINED)) {
    const text = expected.slice(CONTAINED.length);
    return observed.includes(text) ? [] : [{ field, expected: `…${text}…`, observed: short(observed) }];
  }
  const foretold = !(byOracle && expected.startsWith('#hash:')) && !(hashesAreGenerated === true && TOP_HASH.test(expected));
  if (foretold) return expected === observed ? [] : [mismatch(field, expected, observed)];
  return TOP_HASH.test(observed) && pairing.pair('hash', expected, observed)
    ? []
    : [{ field, expected: pairing.expectation('hash', expected), observed: short(observed) }];
}

function compareInstant(expected: unknown, observed: unknown, { timeline, expectedTimeline }: Comparison, field: string): Mismatch[] {
  const agree =
    expectedTimeline === undefined
      ? instantWithin(expected, observed, timeline)
      : instantsAgree(expected, expectedTimeline, observed, timeline);
  return agree === true ? [] : [{ field, expected: agree, observed: short(observed) }];
}

function compareIdentifier(expected: unknown, observed: unknown, { pairing, expectedTimeline }: Comparison, field: string): Mismatch[] {
  if (typeof expected !== 'string' || typeof observed !== 'string' || observed === '') return [mismatch(field, expected, observed)];
  if (!expected.startsWith('#') && expectedTimeline === undefined)
    return expected === observed ? [] : [mismatch(field, expected, observed)];
  return pairing.pair('identifier', expected, observed)
    ? []
    : [{ field, expected: pairing.expectation('identifier', expected), observed: short(observed) }];
}

function compareSequence(of: Shape, expected: unknown, observed: unknown, comparison: Comparison, field: string): Mismatch[] {
  if (!Array.isArray(expected) || !Array.isArray(observed)) return [mismatch(field, expected, observed)];
  const length = expected.length === observed.length ? [] : [mismatch(join(field, 'length'), expected.length, observed.length)];
  const both = Math.min(expected.length, observed.length);
  const missing = expected.slice(both).map((value, at) => mismatch(join(field, both + at), value, undefined));
  const extra = observed.slice(both).map((value, at) => mismatch(join(field, both + at), undefined, value));
  const pairs = expected.slice(0, both).flatMap((value, at) => compareValue(of, value, observed[at], comparison, join(field, at)));
  return [...length, ...pairs, ...missing, ...extra];
}

function compareSet(
  shape: Extract<Shape, { kind: 'set' }>,
  expected: unknown,
  observed: unknown,
  comparison: Comparison,
  field: string,
): Mismatch[] {
  if (!Array.isArray(expected) || !Array.isArray(observed)) return [mismatch(field, expected, observed)];
  const [wanted, got] = [byKey(expected, shape.by), byKey(observed, shape.by)];
  const found: Mismatch[] = [];
  for (const [key, values] of got) if (values.length > 1) found.push(mismatch(join(field, key), 'once', `${values.length} times`));
  for (const [key, values] of wanted)
    if (values.length > 1 && got.get(key)?.length === 1) found.push(mismatch(join(field, key), `${values.length} times`, 'once'));
  for (const [key, [value]] of wanted) {
    const other = got.get(key);
    if (other === undefined) found.push(mismatch(join(field, key), value, undefined));
    else found.push(...compareValue(shape.of, value, other[0], comparison, join(field, key)));
  }
  for (const [key, [value]] of got) if (!wanted.has(key)) found.push(mismatch(join(field, key), undefined, value));
  return found;
}

function byKey(values: readonly unknown[], by: string | null): Map<string, unknown[]> {
  const found = new Map<string, unknown[]>();
  for (const value of values) {
    const named = by === null || typeof value !== 'object' || value === null ? value : (value as Record<string, unknown>)[by];
    const key = typeof named === 'string' ? named : short(named);
    found.set(key, [...(found.get(key) ?? []), value]);
  }
  return found;
}

function compareRecord(
  fields: { readonly [field: string]: Shape },
  expected: unknown,
  observed: unknown,
  comparison: Comparison,
  field: string,
): Mismatch[] {
  if (!isObject(expected) || !isObject(observed)) return [mismatch(field, expected, observed)];
  const found: Mismatch[] = [];
  for (const [name, shape] of Object.entries(fields)) {
    const [isWanted, isGot] = [Object.hasOwn(expected, name), Object.hasOwn(observed, name)];
    if (isWanted && isGot) found.push(...compareValue(shape, expected[name], observed[name], comparison, join(field, name)));
    else found.push(mismatch(join(field, name), expected[name], observed[name]));
  }
  for (const name of Object.keys(observed))
    if (!Object.hasOwn(fields, name)) found.push(mismatch(join(field, name), undefined, observed[name]));
  return found;
}

function isEmpty(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function join(field: string, name: string | number): string {
  return field === '' ? String(name) : `${field}.${name}`;
}
