/**
 * JSON whose numbers keep the form Python gives them. A manifest written by Python may hold `1.0` or an integer of 20 digits; both enter the
 * top hash as they are printed, and a JavaScript number would lose them.
 */
import type { Json } from '../shapes.ts';

/** A number as Python's `json` prints it after reading it. */
export class ExactNumber {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type Exact = null | boolean | string | ExactNumber | readonly Exact[] | ExactRecord;
export interface ExactRecord {
  readonly [key: string]: Exact;
}

/** What a literal of JSON looks like after Python read and printed it: integers digit by digit, everything else as the `repr` of a float. */
export function pythonNumber(literal: string): string {
  if (/^-?\d+$/.test(literal)) return literal === '-0' ? '0' : literal;
  const value = Number(literal);
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  const sign = value < 0 ? '-' : '';
  const [mantissa = '', exponentText = '0'] = Math.abs(value).toExponential().split('e');
  const digits = mantissa.replace('.', '');
  const exponent = Number(exponentText);
  if (exponent < -4 || exponent >= 16) {
    const fraction = digits.length > 1 ? `.${digits.slice(1)}` : '';
    return `${sign}${digits.charAt(0)}${fraction}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
  }
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`;
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, '0');
  return `${sign}${whole}.${digits.slice(exponent + 1) || '0'}`;
}

// The reviver's third argument carries the literal's source text; TypeScript's library does not know it yet.
const parseWithSource = JSON.parse as (
  text: string,
  reviver: (key: string, value: unknown, context: { readonly source?: string }) => unknown,
) => unknown;

/** Reads JSON text; throws SyntaxError when it is none. */
export function parseExact(text: string): Exact {
  return parseWithSource(text, (_key, value, { source }) =>
    typeof value === 'number' ? new ExactNumber(pythonNumber(source ?? String(value))) : value,
  ) as Exact;
}

/** A value of the interface, with its numbers as Python would have them after JSON carried them over. */
export function toExact(value: Json): Exact {
  return parseExact(JSON.stringify(value));
}

/** The value with plain numbers: what the interface answers with. */
export function toJson(value: Exact): Json {
  if (value instanceof ExactNumber) return Number(value.text);
  if (Array.isArray(value)) return value.map(toJson);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, toJson(member)]));
  return value as null | boolean | string;
}

/** True for an object of JSON: no null, array or number. */
export function isRecord(value: Exact | undefined): value is ExactRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof ExactNumber);
}
