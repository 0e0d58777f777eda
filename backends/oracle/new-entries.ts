/** What a new revision is asked to hold: everything that the parameters alone tell. */
import type { NewFile, RevisionParams } from '../operations.ts';
import type { Call } from './call.ts';
import { type ObjectUrl, parseUrl } from './objects.ts';

export type NewEntry =
  | { readonly field: 'uris'; readonly key: string; readonly source: ObjectUrl }
  | { readonly field: 'files'; readonly key: string; readonly file: NewFile };

/** The entries asked for; refuses a wrong URI, a wrong key, and two that collide (P-12). */
export function newEntries(call: Call, { uris = [], files = [], organise = true }: RevisionParams): readonly NewEntry[] {
  const objects = uris.map((uri): NewEntry => {
    const source = parseUrl(uri);
    if (source === null) throw call.wrong('uris');
    return { field: 'uris', key: organise ? source.key : source.key.slice(source.key.lastIndexOf('/') + 1), source };
  });
  const entries = [...objects, ...files.map((file): NewEntry => ({ field: 'files', key: file.path, file }))];
  for (const { key, field } of entries) if (!isKey(key)) throw call.wrong(field);
  for (const [at, entry] of entries.entries()) {
    const other = entries.slice(0, at).find(({ key }) => key === entry.key || covers(key, entry.key) || covers(entry.key, key));
    if (other !== undefined) throw call.wrong([entry.field, other.field].includes('files') ? 'files' : 'uris');
  }
  return entries;
}

/** Refuses an entry that is a directory of those that stay, or lies below one of them. */
export function refuseShadows(call: Call, entries: readonly NewEntry[], kept: Iterable<string>): void {
  const keys = [...kept];
  for (const { key, field } of entries) {
    if (keys.some((other) => covers(key, other) || covers(other, key))) throw call.wrong(field);
  }
}

/** A path of segments, none empty, `.` or `..`. */
function isKey(key: string): boolean {
  return key.split('/').every((segment) => segment !== '' && segment !== '.' && segment !== '..');
}

/** True when the second lies below the first. */
function covers(directory: string, key: string): boolean {
  return key.startsWith(`${directory}/`);
}
