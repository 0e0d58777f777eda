/** Follows a document and its variables through the program's own functions, to where they leave it. */
import type { SeenVariables } from '../found.ts';
import type { Frame, SeenCall } from './frame.ts';
import { seenValue } from './seen-variables.ts';
import type { Passed } from './sinks.ts';
import type { Text, Value } from './value.ts';
import { plainOf } from './value.ts';
import type { Decisions } from './worlds.ts';

/** The variables that a call passes beside a document; null when it passes none. */
export function tracedVariables(passed: Passed, ways: Decisions, frame: Frame, _call: SeenCall | null, _text: Text): SeenVariables | null {
  const { variables, operationName } = passed;
  if (variables === null) return null;
  const value = seenValue(variables, frame.state, ways);
  if (value.kind === 'scalar' && value.type === 'null') return null;
  return { value, operationName: nameOf(operationName) };
}

const nameOf = (value: Value | null): string | null => (value === null ? null : plainOf(value));
