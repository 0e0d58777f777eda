/** What a new revision is asked to hold, checked by the parameters alone, before any request. */
import type { NewFile, RevisionParams } from '../operations.ts';
import { type Call, errorOf } from './call.ts';
import { type PhysicalKey, parsePhysicalKey } from './physical-key.ts';

/** The parameter that an entry comes from. */
export type Origin = 'uris' | 'files';

export type NewEntry = { readonly logicalKey: string } & (
  | { readonly from: 'uris'; readonly source: PhysicalKey }
  | { readonly from: 'files'; readonly file: NewFile }
);

/** The new entries in the order given; a ValidationError names the parameter that is wrong. */
export function newEntriesOf(call: Call, { uris = [], files = [], organise = true }: RevisionParams): readonly NewEntry[] {
  const objects = uris.map((uri): NewEntry => {
    const source = parsePhysicalKey(uri);
    if (source === null || source.key === '' || source.key.endsWith('/')) {
      throw errorOf(call, 'ValidationError', `uris: expected s3://bucket/key with at most a versionId, got ${JSON.stringify(uri)}`, {
        field: 'uris',
      });
    }
    const logicalKey = organise ? source.key : source.key.slice(source.key.lastIndexOf('/') + 1);
    return { logicalKey, from: 'uris', source };
  });
  const entries = [...objects, ...files.map((file): NewEntry => ({ logicalKey: file.path, from: 'files', file }))];
  for (const { logicalKey, from } of entries) checkKey(call, logicalKey, from);
  checkCollisions(call, entries);
  return entries;
}

function checkKey(call: Call, logicalKey: string, field: Origin): void {
  if (logicalKey.split('/').every((segment) => !['', '.', '..'].includes(segment))) return;
  const message = `${field}: expected a logical key without empty, . or .. segments, got ${JSON.stringify(logicalKey)}`;
  throw errorOf(call, 'ValidationError', message, { field });
}

function checkCollisions(call: Call, entries: readonly NewEntry[]): void {
  const taken = new Map<string, Origin>();
  for (const { logicalKey, from } of entries) {
    const other = taken.get(logicalKey);
    if (other !== undefined) throw collision(call, logicalKey, [other, from]);
    taken.set(logicalKey, from);
  }
  for (const { logicalKey, from } of entries) {
    for (const parent of parentsOf(logicalKey)) {
      const other = taken.get(parent);
      if (other !== undefined) throw collision(call, logicalKey, [other, from]);
    }
  }
}

/** New entries against those that stay: none may be a directory of another, an equal key is replaced. */
export function checkAgainst(call: Call, entries: readonly NewEntry[], kept: ReadonlySet<string>): void {
  const directories = new Set([...kept].flatMap(parentsOf));
  for (const { logicalKey, from } of entries) {
    if (directories.has(logicalKey) || parentsOf(logicalKey).some((parent) => kept.has(parent))) throw collision(call, logicalKey, [from]);
  }
}

/** Directories that a key lies in: `a` and `a/b` of `a/b/c`. */
function parentsOf(logicalKey: string): readonly string[] {
  const segments = logicalKey.split('/').slice(0, -1);
  return segments.map((_, index) => segments.slice(0, index + 1).join('/'));
}

function collision(call: Call, logicalKey: string, origins: readonly Origin[]) {
  const field: Origin = origins.includes('files') ? 'files' : 'uris';
  const message = `${field}: expected each logical key once and none a directory of another, got ${JSON.stringify(logicalKey)} against another`;
  return errorOf(call, 'ValidationError', message, { field });
}
