/** P-14 and C-12: no limit of a page or of the flat map cuts anything silently. */
import { describe, expect, it } from 'vitest';
import { type Scripted, scripted, tokenOf } from './scripted-session.ts';

const bucketAsked = { name: 'b' };
const names = (count: number) => Array.from({ length: count }, (_, at) => `t/p${String(at).padStart(5, '0')}`);

function pageOf<T>(rows: readonly T[], { page, perPage }: Readonly<Record<string, unknown>>): readonly T[] {
  return rows.slice((Number(page) - 1) * Number(perPage), Number(page) * Number(perPage));
}

describe('listPackages', () => {
  it.each([0, 1, 999, 1_000, 1_001, 2_500])('gives all of %i', async (count) => {
    const all = names(count);
    await using scene = await scripted(({ variables }) => ({
      data: { packages: { total: count, page: pageOf(all, variables).map((name) => ({ name })) } },
    }));
    const { ops } = await scene.open({ registryUrl: scene.url, token: await tokenOf(), registry: 'b' });
    expect(await ops.listPackages()).toEqual(all);
    expect(scene.asked).toHaveLength(Math.max(1, Math.ceil(count / 1_000)));
  });

  it('ends where a page is empty, whatever the total says', async () => {
    await using scene = await scripted(({ variables }) => ({
      data: { packages: { total: 9_999, page: variables['page'] === 1 ? [{ name: 't/a' }] : [] } },
    }));
    const { ops } = await scene.open({ registryUrl: scene.url, token: await tokenOf(), registry: 'b' });
    expect(await ops.listPackages()).toEqual(['t/a']);
  });

  it('keeps to the prefix, capitals told apart', async () => {
    await using scene = await scripted(() => ({
      data: { packages: { total: 3, page: [{ name: 't/ab' }, { name: 't/Ab' }, { name: 'x/t/ab' }] } },
    }));
    const { ops } = await scene.open({ registryUrl: scene.url, token: await tokenOf(), registry: 'b' });
    expect(await ops.listPackages({ prefix: 't/a' })).toEqual(['t/ab']);
  });
});

describe('listRevisions', () => {
  it.each([1_000, 1_001])('gives all of %i in their order', async (count) => {
    const rows = names(count).map((hash) => ({ hash, modified: '2026-01-01T00:00:00Z', message: null, userMeta: null }));
    await using scene = await scripted(({ variables }) => ({
      data: { bucketAsked, package: { revisions: { total: count, page: pageOf(rows, variables) } } },
    }));
    const { ops } = await scene.open({ registryUrl: scene.url, token: await tokenOf(), registry: 'b' });
    expect((await ops.listRevisions({ name: 't/p' })).map(({ topHash }) => topHash)).toEqual(names(count));
  });
});

describe('searchPackages', () => {
  const hit = (name: string, comment: string | null = null, meta: string | null = null) => ({
    ...{ bucket: 'b', name, hash: 'h', modified: '2026-01-01T00:00:00Z', comment, meta, size: 0, totalEntriesCount: 0 },
  });

  it('follows the cursor to the last page, and stops at the limit', async () => {
    await using scene = await scripted(({ operation, variables }) =>
      operation === 'SearchPackages'
        ? {
            data: {
              bucketAsked,
              searchPackages: { __typename: 'PackagesSearchResultSet', firstPage: { cursor: '1', hits: [hit('t/0')] } },
            },
          }
        : {
            data: {
              searchMorePackages: {
                __typename: 'PackagesSearchResultSetPage',
                cursor: variables['after'] === '3' ? null : String(Number(variables['after']) + 1),
                hits: [hit(`t/${variables['after']}`)],
              },
            },
          },
    );
    const { ops } = await scene.open({ registryUrl: scene.url, token: await tokenOf(), registry: 'b' });
    expect((await ops.searchPackages({ query: '*' })).map(({ name }) => name)).toEqual(['t/0', 't/1', 't/2', 't/3']);
    expect((await ops.searchPackages({ query: '*', limit: 2 })).map(({ name }) => name)).toEqual(['t/0', 't/1']);
    expect(scene.asked).toHaveLength(6);
  });

  it('asks for every word, and leaves out what only entries met', async () => {
    const hits = [hit('t/alpha', 'red'), hit('t/beta', 'Alpha', '{"colour": "RED"}'), hit('t/gamma', 'red alphabet')];
    await using scene = await scripted(() => ({
      data: { bucketAsked, searchPackages: { __typename: 'PackagesSearchResultSet', firstPage: { cursor: null, hits } } },
    }));
    const { ops } = await scene.open({ registryUrl: scene.url, token: await tokenOf(), registry: 'b' });
    expect((await ops.searchPackages({ query: ' alpha, RED ' })).map(({ name }) => name)).toEqual(['t/alpha', 't/beta']);
    expect((await ops.searchPackages({ query: 'alpha red', limit: 1 })).map(({ name }) => name)).toEqual(['t/alpha']);
    expect(scene.asked[0]?.variables).toMatchObject({ text: '"alpha" AND "red"' });
  });
});

describe('contents above the limit of the flat map', () => {
  const file = (path: string, physicalKey = `s3://b/${path}`) => ({
    __typename: 'PackageFile',
    path,
    size: 1,
    physicalKey,
    metadata: { user_meta: { of: path } },
  });
  const dir = (path: string) => ({ __typename: 'PackageDir', path, size: 1, metadata: null });
  const tree: Readonly<Record<string, readonly object[]>> = {
    '': [file('a'), dir('d')],
    d: [file('d/b'), dir('d/e')],
    'd/e': [file('d/e/c')],
  };

  const answer = ({ operation, variables }: { operation: string; variables: Readonly<Record<string, unknown>> }): Scripted => {
    if (operation === 'PackageContents')
      return { data: { bucketAsked, package: { revision: { hash: 'top', userMeta: { k: 1 }, contentsFlatMap: null } } } };
    if (operation === 'PackageListing') {
      const children = tree[String(variables['path'])];
      return {
        data: {
          bucketAsked,
          package: { revision: { dir: children ? { path: variables['path'], size: 1, metadata: null, children } : null, file: null } },
        },
      };
    }
    return {
      data: {
        packageConstruct: {
          __typename: 'PackagePushSuccess',
          package: { bucket: 'b', name: 't/p' },
          revision: { hash: 'new', totalEntries: 4 },
        },
      },
    };
  };

  it('is read by walking the directories of the very revision, and nothing is lost in an update', async () => {
    await using scene = await scripted(answer);
    const { ops } = await scene.open({ registryUrl: scene.url, token: await tokenOf(), registry: 'b' });
    await ops.updateRevision({ name: 't/p', uris: ['s3://b/new'], metadata: { l: 2 } });
    const listings = scene.asked.filter(({ operation }) => operation === 'PackageListing');
    expect(listings.map(({ variables }) => [variables['path'], variables['hash']])).toEqual([
      ['', 'top'],
      ['d', 'top'],
      ['d/e', 'top'],
    ]);
    const kept = ['a', 'd/b', 'd/e/c'].map((path) => ({
      logicalKey: path,
      physicalKey: `s3://b/${path}`,
      size: 1,
      meta: { user_meta: { of: path } },
    }));
    expect(scene.asked.at(-1)?.variables).toEqual({
      params: { bucket: 'b', name: 't/p', userMeta: { k: 1, l: 2 } },
      src: { entries: [...kept, { logicalKey: 'new', physicalKey: 's3://b/new' }] },
    });
  });

  it('is an error where a directory that is listed cannot be read', async () => {
    await using scene = await scripted((asked) =>
      asked.operation === 'PackageListing' && asked.variables['path'] === 'd'
        ? { data: { bucketAsked, package: { revision: { dir: null, file: null } } } }
        : answer(asked),
    );
    const { ops } = await scene.open({ registryUrl: scene.url, token: await tokenOf(), registry: 'b' });
    await expect(ops.diff({ name: 't/p', from: 'x', to: 'y' })).rejects.toMatchObject({
      name: 'BackendError',
      message: expect.stringContaining('directory d'),
    });
  });
});
