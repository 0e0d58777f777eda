import { describe, expect, it } from 'vitest';
import { searchIndex } from './search-index.ts';

const hash = (digit: string) => digit.repeat(64);
const pointer = (name: string, tag: string, digit: string) => ({
  join_field: { name: 'ptr', parent: `mnfst:${hash(digit)}` },
  ptr_name: name,
  ptr_tag: tag,
});
const manifest = (digit: string, message: string, metadata: object | null) => ({
  mnfst_hash: hash(digit),
  mnfst_message: message,
  mnfst_metadata: metadata && JSON.stringify(metadata),
  mnfst_stats: { total_bytes: 3, total_files: 1 },
});

/** An index that holds these documents and pages as the real one does. */
function index(pointers: readonly object[], manifests: readonly { readonly mnfst_hash: string }[]) {
  const asked: number[] = [];
  return {
    asked,
    ask: async (body: object, size: number) => {
      const { query, from = 0 } = body as { query: { terms?: { mnfst_hash: readonly string[] } }; from?: number };
      const wanted = query.terms?.mnfst_hash;
      asked.push(size);
      return wanted === undefined ? pointers.slice(from, from + size) : manifests.filter(({ mnfst_hash }) => wanted.includes(mnfst_hash));
    },
  };
}

const two = index(
  [
    pointer('t/b', '1700000000', 'a'),
    pointer('t/b', '1700000009', 'b'),
    pointer('t/b', 'latest', 'b'),
    pointer('t/a', '1700000001', 'c'),
    pointer('t/a', 'latest', 'c'),
  ],
  [manifest('b', 'Second Plate', { organism: 'mouse', tags: ['x_1'] }), manifest('c', '', null)],
);
const names = async (query: string, limit?: number) => (await searchIndex(two.ask, 'bucket', query, limit)).map(({ name }) => name);

describe('a search of the package index', () => {
  it('answers the latest revision of each package, by name, with the time of its push', async () => {
    expect(await searchIndex(two.ask, 'bucket', '*')).toEqual([
      {
        bucket: 'bucket',
        name: 't/a',
        topHash: hash('c'),
        modified: '2023-11-14T22:13:21.000Z',
        message: null,
        metadata: null,
        totalEntries: 1,
        totalBytes: 3,
      },
      {
        bucket: 'bucket',
        name: 't/b',
        topHash: hash('b'),
        modified: '2023-11-14T22:13:29.000Z',
        message: 'Second Plate',
        metadata: { organism: 'mouse', tags: ['x_1'] },
        totalEntries: 1,
        totalBytes: 3,
      },
    ]);
  });

  it('needs every word, whole, wherever it stands', async () => {
    expect(await names('plate MOUSE x_1')).toEqual(['t/b']);
    expect(await names('organism')).toEqual(['t/b']);
    expect(await names('plat')).toEqual([]);
    expect(await names('mouse cat')).toEqual([]);
    expect(await names(' ')).toEqual(['t/a', 't/b']);
    expect(await names('', 1)).toEqual(['t/a']);
  });

  it('reads every page, and names few hashes in one request', async () => {
    const many = Array.from({ length: 1_100 }, (_, number) => number.toString(16).padStart(64, '0'));
    const pointers = many.flatMap((topHash, number) =>
      ['1700000000', 'latest'].map((tag) => ({ join_field: { parent: `mnfst:${topHash}` }, ptr_name: `t/${number}`, ptr_tag: tag })),
    );
    const large = index(
      pointers,
      many.map((mnfst_hash) => ({ ...manifest('a', '', null), mnfst_hash })),
    );
    expect(await searchIndex(large.ask, 'bucket', '')).toHaveLength(1_100);
    expect(large.asked.filter((size) => size === 1_000)).toHaveLength(3);
    expect(large.asked.filter((size) => size === 50)).toHaveLength(22);
  });

  it('refuses documents of another form', async () => {
    await expect(searchIndex(async () => [{ ptr_name: 't/a' }], 'bucket', '')).rejects.toThrow('join_field');
  });
});
