/** Follows a document and its variables through the program's own functions, to where they leave it. */
import type { SeenVariables } from '../found.ts';
import type { SeenValue } from '../seen-value.ts';
import type { Frame, SeenCall } from './frame.ts';
import { frozen, run } from './functions.ts';
import { seenValue } from './seen-variables.ts';
import { type Passed, passedBy } from './sinks.ts';
import { textsIn } from './texts.ts';
import { type Origin, plainOf, type Value } from './value.ts';
import type { Decisions } from './worlds.ts';

/** Most functions that a document is followed through. */
const MOST_STAGES = 4;

/**
 * The variables that a call passes beside a document; none when it passes none. A function of the program may add to them before it sends
 * them, so what it sends counts; where that cannot be told, what it was given, and that there may be more.
 */
export function tracedVariables(
  passed: Passed,
  ways: Decisions,
  frame: Frame,
  call: SeenCall | null,
  origin: Origin,
  stage = 0,
): readonly SeenVariables[] {
  const given = seenBeside(passed, ways, frame);
  if (call?.callee.kind !== 'function' || stage >= MOST_STAGES || frame.session.calling.has(call.callee.node)) return given;
  const sent = sentBy(call, ways, frame, origin, stage);
  if (sent.length === 0) return given;
  const names = given.flatMap(({ value }) => (value.kind === 'record' ? value.members.map((member) => member.name) : []));
  if (sent.every(({ value }) => value.kind === 'record' && hasAll(value, names))) return named(sent, given);
  return given.map((one) => ({ ...one, value: opened(one.value) }));
}

function seenBeside(passed: Passed, ways: Decisions, frame: Frame): readonly SeenVariables[] {
  const { variables, operationName } = passed;
  if (variables === null) return [];
  const value = seenValue(variables, frame.state, ways);
  if (value.kind === 'scalar' && value.type === 'null') return [];
  return [{ value, operationName: nameOf(operationName) }];
}

/** What a function of the program passes on of a document that it was given. */
function sentBy(call: SeenCall, ways: Decisions, frame: Frame, origin: Origin, stage: number): SeenVariables[] {
  const { session } = frame;
  if (call.callee.kind !== 'function') return [];
  const sent: SeenVariables[] = [];
  const before = session.probe;
  session.probe = (inner, at) => {
    for (const passed of passedBy(inner, at)) {
      const same = textsIn(passed.document).some(({ text }) => text.kind === 'text' && isSame(text.origin, origin));
      if (same) sent.push(...tracedVariables(passed, ways, at, inner, origin, stage + 1));
    }
  };
  try {
    const self = call.callee.self === null ? [] : [{ name: null, spread: '' as const, value: call.callee.self, node: call.callee.node }];
    const args = call.args.map((arg) => ({ ...arg, value: frozen(arg.value, frame.state) }));
    run(call.callee, [...self, ...args], frame, call.name, call.callee, null);
  } finally {
    session.probe = before;
  }
  return sent;
}

/** The name of the operation, where only the outer call tells it. */
function named(sent: readonly SeenVariables[], given: readonly SeenVariables[]): readonly SeenVariables[] {
  const name = given[0]?.operationName ?? null;
  return sent.map((one) => (one.operationName === null ? { ...one, operationName: name } : one));
}

const isSame = (one: Origin, other: Origin): boolean => one.file === other.file && one.at === other.at && one.to === other.to;

const hasAll = (value: SeenValue & { kind: 'record' }, names: readonly string[]): boolean =>
  names.every((name) => value.members.some((member) => member.name === name));

const opened = (value: SeenValue): SeenValue => (value.kind === 'record' ? { ...value, open: true } : value);

const nameOf = (value: Value | null): string | null => (value === null ? null : plainOf(value));
