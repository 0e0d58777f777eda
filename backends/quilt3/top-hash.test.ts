import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { chunkedHash, chunkSize } from './chunked-hash.ts';
import { parseManifest, printManifest } from './manifest.ts';
import { topHash } from './top-hash.ts';

interface Vectors {
  readonly packages: Readonly<Record<string, { readonly manifest: string; readonly written: string; readonly topHash: string }>>;
  readonly hashesOfQ: readonly { readonly size: number; readonly value: string }[];
}

// Made by top-hash.vectors.py with the published quilt3 8.0.0.
const vectors: Vectors = JSON.parse(readFileSync(new URL('top-hash.vectors.json', import.meta.url), 'utf8'));

describe('a package, as quilt3 hashes and writes it', () => {
  it.each(Object.entries(vectors.packages))('%s: top hash', (_, { manifest, topHash: expected }) => {
    expect(topHash(parseManifest(manifest))).toBe(expected);
  });

  it.each(Object.entries(vectors.packages))('%s: manifest', (_, { manifest, written }) => {
    expect(printManifest(parseManifest(manifest))).toBe(written);
  });
});

describe('the hash of an entry', () => {
  it.each(vectors.hashesOfQ)('of $size bytes', ({ size, value }) => {
    expect(chunkedHash(Buffer.alloc(size, 'q'))).toBe(value);
  });

  it('doubles the chunk above 10,000 parts', () => {
    const chunk = 8 * 1024 * 1024;
    expect(chunkSize(10_000 * chunk)).toBe(chunk);
    expect(chunkSize(10_000 * chunk + 1)).toBe(2 * chunk);
  });
});

describe('a manifest that cannot be read', () => {
  it.each([
    ['', 'line 1'],
    ['{"version": "v0"}\n{broken\n', 'line 2'],
    ['{"version": "v0"}\n{"logical_key": 3}\n', 'line 2: expected a logical_key'],
    ['[]\n', 'line 1: expected an object'],
  ])('%j names the line', (text, says) => {
    expect(() => parseManifest(text)).toThrow(says);
  });
});
