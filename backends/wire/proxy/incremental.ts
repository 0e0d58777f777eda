/** Puts the pieces of an incremental answer (@defer, @stream) together, so that it can be judged as what it becomes. */
import { isRecord } from '../../../schemas/value-kind.ts';

type Step = string | number;

/**
 * The response that the payloads make together, in both forms that servers speak: pieces with a whole `path` (2020), and pieces that name by `id` what was
 * `pending` (2023). Null when a piece has no place, is of another form, or failed: what is missing then is missing by right.
 */
export function assemble(payloads: readonly unknown[]): unknown {
  const [first, ...later] = payloads;
  if (!isRecord(first)) return null;
  const { hasNext: _hasNext, pending, incremental, completed: _completed, ...whole } = structuredClone(first);
  const errors: unknown[] = Array.isArray(whole['errors']) ? [...whole['errors']] : [];
  const places = new Map<string, readonly Step[]>();
  const note = (list: unknown) => {
    for (const one of Array.isArray(list) ? list : []) if (isRecord(one) && isPath(one['path'])) places.set(String(one['id']), one['path']);
  };
  const takeIn = (pieces: unknown): boolean =>
    pieces === undefined || (Array.isArray(pieces) && pieces.every((piece) => isRecord(piece) && put(whole, piece, places, errors)));
  note(pending);
  if (!takeIn(incremental)) return null;
  for (const payload of later) {
    if (!isRecord(payload)) return null;
    note(payload['pending']);
    // The oldest form has the piece itself in place of a list.
    const pieces = 'path' in payload ? [payload] : payload['incremental'];
    if (!takeIn(pieces)) return null;
    const completed = payload['completed'];
    if (Array.isArray(completed) && completed.some((one) => isRecord(one) && 'errors' in one)) return null;
  }
  return errors.length > 0 ? { ...whole, errors } : whole;
}

function put(
  whole: Record<string, unknown>,
  piece: Record<string, unknown>,
  places: ReadonlyMap<string, readonly Step[]>,
  errors: unknown[],
): boolean {
  collectErrors(piece, errors);
  const base = 'id' in piece ? places.get(String(piece['id'])) : piece['path'];
  const below = piece['subPath'] ?? [];
  if (!isPath(base) || !isPath(below)) return false;
  const path = [...base, ...below];
  if (Array.isArray(piece['items'])) {
    // By path the last step is the index of the first item, by id the path is that of the list.
    const last = path.at(-1);
    const list = valueAt(whole['data'], 'id' in piece ? path : path.slice(0, -1));
    if (!Array.isArray(list)) return false;
    if ('id' in piece) list.push(...piece['items']);
    else list.splice(Number(last), piece['items'].length, ...piece['items']);
    return true;
  }
  const target = valueAt(whole['data'], path);
  if (!isRecord(target) || !isRecord(piece['data'])) return false;
  merge(target, piece['data']);
  return true;
}

function merge(target: Record<string, unknown>, more: Record<string, unknown>): void {
  for (const [key, value] of Object.entries(more)) {
    const known = Object.hasOwn(target, key) ? target[key] : undefined;
    if (isRecord(known) && isRecord(value)) merge(known, value);
    else Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  }
}

function collectErrors(from: unknown, errors: unknown[]): void {
  if (isRecord(from) && Array.isArray(from['errors'])) errors.push(...from['errors']);
}

const isPath = (value: unknown): value is readonly Step[] =>
  Array.isArray(value) && value.every((step) => typeof step === 'string' || Number.isInteger(step));

function valueAt(value: unknown, path: readonly Step[]): unknown {
  let at = value;
  for (const step of path) at = Array.isArray(at) ? at[Number(step)] : isRecord(at) && Object.hasOwn(at, step) ? at[step] : undefined;
  return at;
}
