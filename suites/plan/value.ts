/** Values of what is about to be deployed, with those that only the deployment will know. */

/** A value that is known after deployment only: never a finding, and never passed. */
export class Unknown {
  /** Why it is not known: `known after apply`, `parameter Stage`. */
  readonly reason: string;
  /** Addresses of the resources that it comes from, where that is written. */
  readonly from: readonly string[];
  /** The part of a text that is known; what is not known may only add to it. */
  readonly knownPart: string;
  constructor(reason: string, from: readonly string[] = [], knownPart = '') {
    this.reason = reason;
    this.from = from;
    this.knownPart = knownPart;
  }
}

export type Value = null | boolean | number | string | Unknown | readonly Value[] | Fields;
export interface Fields {
  readonly [key: string]: Value;
}

/** A step into a value: a key, or an index from 0. */
export type Path = readonly (string | number)[];

export const isFields = (value: Value | undefined): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Unknown);

export const isList = (value: Value | undefined): value is readonly Value[] => Array.isArray(value);

/** A value with the path that it stands at. */
export interface Placed<T extends Value = Value> {
  readonly value: T;
  readonly path: Path;
}

/** The value at a path; undefined where there is none. */
export function valueAt(value: Value | undefined, path: Path): Value | undefined {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (typeof step === 'number') return isList(value) ? valueAt(value[step], rest) : undefined;
  return isFields(value) && Object.hasOwn(value, step) ? valueAt(value[step], rest) : undefined;
}

/** Every value that the pattern leads to; `*` goes into each element of a list. A list on the way to a key is gone through, since blocks are lists. */
export function valuesAt(value: Value | undefined, pattern: readonly string[], path: Path = []): readonly Placed[] {
  const [step, ...rest] = pattern;
  if (value === undefined) return [];
  if (value instanceof Unknown) return [{ value, path }];
  if (step === undefined) return [{ value, path }];
  if (isList(value)) {
    const inner = step === '*' ? rest : pattern;
    return value.flatMap((one, index) => valuesAt(one, inner, [...path, index]));
  }
  if (step === '*') return valuesAt(value, rest, path);
  return isFields(value) && Object.hasOwn(value, step) ? valuesAt(value[step], rest, [...path, step]) : [];
}
