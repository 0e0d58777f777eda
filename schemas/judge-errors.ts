/** Judges the `errors` of a response: the form of each entry (specification 7.1.2), and that each path leads to a null. */
import { type Judging, say } from './judge-value.ts';
import { isRecord, kindOf } from './value-kind.ts';

/** Judges `errors` as it stands in the response, beside its `data`. */
export function judgeErrors(judging: Judging, errors: unknown, data: unknown): void {
  if (!Array.isArray(errors) || errors.length === 0) {
    say(judging, 'errors-shape', `expected a list of at least one error, got ${kindOf(errors)}`, 'errors');
    return;
  }
  for (const [index, error] of errors.entries()) {
    judging.path.push('errors', index);
    judgeEntry(judging, error, data);
    judging.path.length -= 2;
  }
}

function judgeEntry(judging: Judging, error: unknown, data: unknown): void {
  if (!isRecord(error)) {
    say(judging, 'errors-shape', `expected an object, got ${kindOf(error)}`);
    return;
  }
  const { message, locations, path, extensions } = error;
  if (typeof message !== 'string') say(judging, 'errors-shape', `expected a string, got ${kindOf(message)}`, 'message');
  if (extensions !== undefined && !isRecord(extensions))
    say(judging, 'errors-shape', `expected an object, got ${kindOf(extensions)}`, 'extensions');
  if (locations !== undefined && !(Array.isArray(locations) && locations.length > 0 && locations.every(isLocation))) {
    say(judging, 'errors-shape', `expected a list of { line, column } from 1, got ${kindOf(locations)}`, 'locations');
  }
  if (path !== undefined) judgePath(judging, path, data);
}

function judgePath(judging: Judging, path: unknown, data: unknown): void {
  if (!Array.isArray(path) || !path.every((step) => typeof step === 'string' || Number.isInteger(step))) {
    say(judging, 'errors-shape', `expected a list of keys and indices, got ${kindOf(path)}`, 'path');
    return;
  }
  const value = valueAt(data, path);
  if (value !== null)
    say(judging, 'error-path', `expected null in data at ${path.join('.')}, where the error happened, got ${kindOf(value)}`, 'path');
}

function isLocation(value: unknown): boolean {
  return isRecord(value) && [value['line'], value['column']].every((number) => Number.isInteger(number) && Number(number) >= 1);
}

/** The value at the path, or null when a part of it is null (the error's null went up to there). */
function valueAt(data: unknown, path: readonly (string | number)[]): unknown {
  let at: unknown = data ?? null;
  for (const step of path) {
    if (at === null) return null;
    at = Array.isArray(at) ? at[Number(step)] : isRecord(at) ? at[step] : undefined;
    if (at === undefined) return undefined;
  }
  return at;
}
