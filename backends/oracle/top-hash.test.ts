import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { canonical, type Exact, PythonFloat } from './canonical.ts';
import { chunkedHash, type HashedEntry, inWalkOrder, topHash } from './top-hash.ts';

interface Vector {
  readonly header: string;
  readonly entries: string;
  readonly topHash: string;
}

const { vectors } = JSON.parse(readFileSync(new URL('../../fixtures/data/top-hash-vectors.json', import.meta.url), 'utf8')) as {
  vectors: Vector[];
};

/** JSON with every number as Python would hold it, by its spelling. */
function exact(text: string): Exact {
  const read = (_: string, value: unknown, context: { source?: string }): unknown => {
    if (typeof value !== 'number' || context.source === undefined) return value;
    return /[.eE]/.test(context.source) ? new PythonFloat(value) : BigInt(context.source);
  };
  return JSON.parse(text, read as (this: unknown, key: string, value: unknown) => unknown) as Exact;
}

type VectorEntry = HashedEntry & { readonly logical_key: string };

describe('top hash', () => {
  it('has at least a hundred vectors to be checked against', () => {
    expect(vectors.length).toBeGreaterThanOrEqual(100);
  });

  it.each(vectors.map((vector, index) => ({ index, ...vector })))(
    'equals that of quilt3 8.0.0, vector $index',
    ({ header, entries, topHash: expected }) => {
      const listed = exact(entries) as unknown as VectorEntry[];
      const found = new Map(listed.map(({ logical_key, hash, size, meta }) => [logical_key, { hash, size, meta }]));
      expect(topHash({ version: 'v0', ...(exact(header) as object) }, found)).toBe(expected);
    },
  );

  it('hashes an object by chunks of 8 MiB', () => {
    // From quilt3 8.0.0: 5 bytes, no byte, and one byte more than a chunk.
    expect(chunkedHash(Buffer.from('hello'))).toBe('lZXJ35AHUUjrBoYDZd8zWEt1v/eCpRDGzUiDpBmDPVA=');
    expect(chunkedHash(new Uint8Array())).toBe('47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=');
    expect(chunkedHash(new Uint8Array(8 * 1024 * 1024 + 1).fill(97))).toBe('lev2JTFNj6Y54Mg0VG5p2Kbm7G80Mq1oaG8sjfppX3E=');
  });

  it('walks directories as quilt3 does: a/b before a.csv', () => {
    const keys = ['a.csv', 'a/b', 'a-b', 'B', 'a/a/z'];
    expect(inWalkOrder(new Map(keys.map((key) => [key, null]))).map(([key]) => key)).toEqual(['B', 'a/a/z', 'a/b', 'a-b', 'a.csv']);
  });

  it('prints numbers of JavaScript as Python prints what JSON makes of them', () => {
    expect([0, -0, 1, 1.5, 1e-5, 1e21, 1e22, 123456789.25, 1e-7].map(canonical)).toEqual([
      '0',
      '0',
      '1',
      '1.5',
      '1e-05',
      '1e+21',
      '1e+22',
      '123456789.25',
      '1e-07',
    ]);
  });
});
