/** Keeps the secrets that operations answer with (AWS keys, tokens) out of all that is told of a case (O-13), after it was compared by its true values. */
import { createRedactor, REDACTED } from '../../reports/redaction.ts';
import type { Difference } from '../../reports/result.ts';
import type { Run } from './observation.ts';

/** Names of the fields of values and of details that hold a secret. */
const SECRET_FIELD = /^(?:secretAccessKey|sessionToken|token|refreshToken|password)$/;

/** Takes secrets out of what is told of some runs. */
export interface RunRedactor {
  /** A copy of any JSON value or text. */
  redact<T>(value: T): T;
  /** A difference; what differs in a secret field is not shown at all, since a text that was cut cannot be known again. */
  difference(difference: Difference): Difference;
}

/** Learns every secret that was observed in these runs. */
export function redactorOf(runs: readonly Run[]): RunRedactor {
  const redactor = createRedactor();
  const learn = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [name, member] of Object.entries(value)) {
      if (typeof member === 'string' && SECRET_FIELD.test(name)) redactor.learn(member);
      else learn(member);
    }
  };
  for (const { observations } of runs) for (const { outcome } of observations) learn(outcome);
  return {
    redact: (value) => redactor.json(value),
    difference(difference) {
      const name = difference.field.split('.').at(-1) ?? '';
      if (!SECRET_FIELD.test(name)) return redactor.json(difference);
      const kind = (text: string) => (text === 'absent' || text === 'null' ? text : REDACTED);
      return { ...redactor.json(difference), expected: kind(difference.expected), observed: kind(difference.observed) };
    },
  };
}
