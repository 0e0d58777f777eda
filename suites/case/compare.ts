/** Compares what two sides did in one case, call by call: a backend with the oracle, or two backends with each other and the oracle. */
import {
  type Comparison,
  compareError,
  compareValue,
  type Interval,
  isGenerated,
  type Mismatch,
  Pairing,
  symbolizer,
  type Timeline,
} from '../../backends/observation-rules.ts';
import { type OperationName, operations } from '../../backends/operations.ts';
import { json, objectUrl, type Shape, sequence } from '../../backends/shapes.ts';
import type { Difference } from '../../reports/result.ts';
import type { Observation, Run } from './observation.ts';

/** Every difference between a backend's run and the oracle's. A call that one side did not make is one, and so is a total that differs. */
export function compareRuns(expected: Run, observed: Run): Difference[] {
  return compareSides(expected, observed, { pairing: new Pairing(), timeline: timelineOf(observed) }, () => ({}));
}

/**
 * Compares two backends with each other, and says by the oracle who stands alone: `NAME-alone` when the other one and the oracle agree,
 * `oracle-alone` when the two agree on something that the oracle does not say, `all-differ` otherwise. Where the two have names of their own, each has
 * an oracle told in them; a hash that differs between the oracles follows from the names, and is paired between the two.
 */
export function agreeRuns(a: Run, b: Run, oracle: Run, oracleOfB: Run = oracle): Difference[] {
  const [calls, callsOfB] = [byCall(oracle), oracleOfB === oracle ? null : byCall(oracleOfB)];
  const comparison = { pairing: new Pairing(), timeline: timelineOf(b), expectedTimeline: timelineOf(a) };
  const between = compareSides(a, b, comparison, (call) =>
    generatedIn(calls.get(call), callsOfB === null ? undefined : callsOfB.get(call)),
  );
  const [ofA, ofB] = [compareRuns(oracle, a), compareRuns(oracleOfB, b)];
  const named = between.map((difference): Difference => {
    const [aDiffers, bDiffers] = [ofA.some((other) => touches(other, difference)), ofB.some((other) => touches(other, difference))];
    const alone = aDiffers === bDiffers ? 'all-differ' : `${aDiffers ? a.side : b.side}-alone`;
    return { ...difference, alone };
  });
  const shared = ofA.filter(
    (difference) => ofB.some((other) => same(other, difference)) && !between.some((other) => touches(other, difference)),
  );
  return [...named, ...shared.map((difference): Difference => ({ ...difference, alone: 'oracle-alone' }))];
}

/** When the calls of a run were under way. */
export function timelineOf(run: Run): Timeline {
  const made: [number, Interval][] = run.made === null ? [] : [[0, run.made]];
  return new Map([...made, ...run.observations.map((observation): [number, Interval] => [observation.call, observation])]);
}

/** What of a call cannot be foretold, so that two real sides pair it in place of comparing it. */
interface Generated {
  readonly hashes?: boolean;
  readonly facts?: readonly string[];
}

function compareSides(expected: Run, observed: Run, comparison: Comparison, generatedOf: (call: number) => Generated): Difference[] {
  const [wanted, got] = [byCall(expected), byCall(observed)];
  const found: Difference[] = [];
  for (const call of [...new Set([...wanted.keys(), ...got.keys()])].sort((x, y) => x - y)) {
    const [left, right] = [wanted.get(call), got.get(call)];
    if (left === undefined || right === undefined) {
      const [operation, expectedText, observedText] = left
        ? [left.operation, 'made', 'not made']
        : [right?.operation ?? '', 'not made', 'made'];
      found.push({ call, operation, field: 'call', expected: expectedText, observed: observedText, alone: null });
      continue;
    }
    const generated = generatedOf(call);
    const mismatches = compareCall(
      left,
      right,
      { ...comparison, ...(generated.hashes === true && { hashesAreGenerated: true }) },
      generated.facts ?? [],
    );
    found.push(...mismatches.map((mismatch): Difference => ({ call, operation: left.operation, ...mismatch, alone: null })));
  }
  const [wantedCount, gotCount] = [expected.observations.length, observed.observations.length];
  if (wantedCount !== gotCount) {
    found.push({ call: null, operation: '', field: 'calls', expected: String(wantedCount), observed: String(gotCount), alone: null });
  }
  return found;
}

function compareCall(expected: Observation, observed: Observation, comparison: Comparison, generatedFacts: readonly string[]): Mismatch[] {
  if (expected.operation !== observed.operation)
    return [{ field: 'operation', expected: expected.operation, observed: observed.operation }];
  const [left, right] = [expected.outcome, observed.outcome];
  if ('error' in left && 'error' in right) return compareError(left.error, right.error, comparison, generatedFacts);
  if ('error' in left) return [{ field: 'outcome', expected: left.error.class, observed: 'a value' }];
  if ('error' in right) return [{ field: 'outcome', expected: 'a value', observed: `${right.error.class}: ${right.error.message}` }];
  if (expected.operation === 'world.download') return compareDownload(left.value, right.value, comparison);
  return compareValue(shapeOf(expected.operation), left.value, right.value, comparison);
}

/** The words and bytes of a refusal are the server's own: of a download that was refused only the status counts. */
function compareDownload(expected: unknown, observed: unknown, comparison: Comparison): Mismatch[] {
  const mismatches = compareValue(json, expected, observed, comparison);
  return statusOf(expected) === 200 ? mismatches : mismatches.filter(({ field }) => field !== 'sha256' && field !== 'size');
}

function statusOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'status' in value ? value.status : undefined;
}

/** Objects that the world put: their versions pair with those that operations answer then, so that an invented one is found. */
const putObjects = sequence(objectUrl);

/** What any other event of the world answers is JSON, compared exactly. */
function shapeOf(operation: string): Shape {
  if (operation === 'world.objects') return putObjects;
  return Object.hasOwn(operations, operation) ? operations[operation as OperationName].value : json;
}

/** Observations by their number, in symbols; a number that stands twice is a defect of who recorded, and is refused. */
function byCall(run: Run): ReadonlyMap<number, Observation> {
  const calls = known.get(run) ?? inSymbols(run);
  known.set(run, calls);
  return calls;
}

/** What was told is compared again and again: the oracle's with every backend, each backend's alone and in each agreement. */
const known = new WeakMap<Run, ReadonlyMap<number, Observation>>();

function inSymbols({ side, observations, symbols }: Run): ReadonlyMap<number, Observation> {
  const symbolic = symbolizer(symbols);
  const calls = new Map(observations.map((observation) => [observation.call, { ...observation, outcome: symbolic(observation.outcome) }]));
  if (calls.size !== observations.length)
    throw new Error(`run of ${side}: expected each call number once, got ${observations.length} observations of ${calls.size} calls`);
  return calls;
}

/** `other` is the same call of an oracle in other names. */
function generatedIn(observation: Observation | undefined, other: Observation | undefined): Generated {
  if (observation === undefined) return {};
  if ('error' in observation.outcome) {
    const told = other !== undefined && 'error' in other.outcome ? other.outcome.error.detail : observation.outcome.error.detail;
    const facts = Object.entries(observation.outcome.error.detail).filter(
      ([fact, value]) => isGenerated(String(value)) || told[fact as keyof typeof told] !== value,
    );
    return { facts: facts.map(([fact]) => fact) };
  }
  const text = JSON.stringify(observation.outcome.value) ?? '';
  const named = other !== undefined && 'value' in other.outcome && JSON.stringify(other.outcome.value) !== text;
  return { hashes: named || text.includes('"#hash:') };
}

/** True when two differences are about the same place, or one about a place within the other's. */
function touches(one: Difference, other: Difference): boolean {
  if (one.call !== other.call) return false;
  return (
    one.field === other.field ||
    one.field === 'outcome' ||
    other.field === 'outcome' ||
    one.field.startsWith(`${other.field}.`) ||
    other.field.startsWith(`${one.field}.`) ||
    one.field === '' ||
    other.field === ''
  );
}

function same(one: Difference, other: Difference): boolean {
  return one.call === other.call && one.field === other.field && observedOf(one) === observedOf(other);
}

/** Of an error its class alone: each client has words of its own, which are never equated. */
function observedOf({ field, observed }: Difference): string {
  return field === 'outcome' || field === 'error.class' ? observed.replace(/^("?\w+): [\s\S]*$/, '$1') : observed;
}
