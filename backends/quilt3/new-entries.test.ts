import { describe, expect, it } from 'vitest';
import type { RevisionParams } from '../operations.ts';
import type { Call } from './call.ts';
import { checkAgainst, newEntriesOf } from './new-entries.ts';

// Nothing is asked of the session: the parameters alone are looked at.
const call = { operation: 'createRevision', session: null } as unknown as Call;
const entries = (params: Partial<RevisionParams>) => newEntriesOf(call, { name: 'team/data', ...params });
const file = (path: string) => ({ path, bytes: new Uint8Array() });

const fieldOf = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    const { name, detail } = error as { name: string; detail: object };
    return [name, detail];
  }
};
const wrong = (field: string) => ['ValidationError', { field }];

describe('new entries', () => {
  it('are named by the whole key, or by its last segment', () => {
    const uris = ['s3://b/d/a%20b.csv?versionId=1'];
    expect(entries({ uris }).map(({ logicalKey }) => logicalKey)).toEqual(['d/a b.csv']);
    expect(entries({ uris, organise: false }).map(({ logicalKey }) => logicalKey)).toEqual(['a b.csv']);
  });

  it.each(['rubbish', 's3://b', 's3://b/', 's3://b/d/', 's3://b/a?x=1', 's3://b/a//b', 's3://b/../a', 's3://b/./a'])(
    '%s is no object',
    (uri) => {
      expect(fieldOf(() => entries({ uris: [uri] }))).toEqual(wrong('uris'));
    },
  );

  it.each(['', '/', 'a/', '/a', 'a//b', '.', 'a/..'])('%j is no path of a file', (path) => {
    expect(fieldOf(() => entries({ files: [file(path)] }))).toEqual(wrong('files'));
  });

  it('collide when a key is given twice, flattened or not, or is a directory of another', () => {
    expect(fieldOf(() => entries({ uris: ['s3://b/a', 's3://b/a'] }))).toEqual(wrong('uris'));
    expect(fieldOf(() => entries({ uris: ['s3://b/x/a', 's3://b/y/a'], organise: false }))).toEqual(wrong('uris'));
    expect(fieldOf(() => entries({ uris: ['s3://b/a/b', 's3://b/a'] }))).toEqual(wrong('uris'));
    expect(fieldOf(() => entries({ uris: ['s3://b/a'], files: [file('a/b/c')] }))).toEqual(wrong('files'));
  });

  it('may replace what stays, but not shadow it', () => {
    const kept = new Set(['d/a', 'c']);
    expect(checkAgainst(call, entries({ uris: ['s3://b/d/b'] }), kept)).toBeUndefined();
    expect(fieldOf(() => checkAgainst(call, entries({ uris: ['s3://b/d'] }), kept))).toEqual(wrong('uris'));
    expect(fieldOf(() => checkAgainst(call, entries({ files: [file('c/x')] }), kept))).toEqual(wrong('files'));
  });
});
