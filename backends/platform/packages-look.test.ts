/** P-08 and P-09: what counts as a change, and which paths are those of a file. */
import { describe, expect, it } from 'vitest';
import { scripted, tokenOf } from './scripted-session.ts';

const bucketAsked = { name: 'b' };
const entry = (over: object = {}) => ({ physicalKey: 's3://b/k', size: 1, hash: { type: 'SHA256', value: 'v' }, meta: {}, ...over });

describe('diff', () => {
  it.each([
    ['nothing', entry(), false],
    ['the physical key', entry({ physicalKey: 's3://b/other' }), false],
    ['the order of members', entry({ hash: { value: 'v', type: 'SHA256' } }), false],
    ['no metadata for an empty one', entry({ meta: null }), false],
    ['the size', entry({ size: 2 }), true],
    ['the hash', entry({ hash: { type: 'SHA256', value: 'w' } }), true],
    ['the type of the hash', entry({ hash: { type: 'sha2-256-chunked', value: 'v' } }), true],
    ['the metadata', entry({ meta: { user_meta: { a: 1 } } }), true],
    ['metadata {} in place of none', entry({ meta: { user_meta: {} } }), true],
  ])('where %s changed', async (_, changed, isModified) => {
    await using scene = await scripted(({ variables }) => {
      const contentsFlatMap = variables['hash'] === 'from' ? { k: entry(), gone: entry() } : { k: changed, new: entry() };
      return { data: { bucketAsked, package: { revision: { hash: 'h', userMeta: null, contentsFlatMap } } } };
    });
    const { ops } = await scene.open({ registryUrl: scene.url, token: await tokenOf(), registry: 'b' });
    expect(await ops.diff({ name: 't/p', from: 'from', to: 'to' })).toEqual({
      added: ['new'],
      modified: isModified ? ['k'] : [],
      deleted: ['gone'],
    });
  });

  it('looks `from` up first, and tells a missing bucket from a missing package', async () => {
    await using scene = await scripted(({ variables }) => ({
      data: { bucketAsked: variables['bucket'] === 'b' ? bucketAsked : null, package: null },
    }));
    const { ops } = await scene.open({ registryUrl: scene.url, token: await tokenOf(), registry: 'b' });
    const detailOf = async (work: Promise<unknown>) => work.catch(({ name, detail }) => [name, detail]);
    expect(await detailOf(ops.diff({ name: 't/p', from: 'x', to: 'y' }))).toEqual(['NotFoundError', { package: 't/p', hash: 'x' }]);
    expect(await detailOf(ops.diff({ name: 't/p', from: 'x', to: 'y', registry: 'c' }))).toEqual(['NotFoundError', { bucket: 'c' }]);
  });
});

describe('a path', () => {
  const file = { path: 'd/f', size: 3, physicalKey: 's3://b/d/f?versionId=1', metadata: { user_meta: { a: null }, other: 1 } };
  const dir = {
    path: 'd',
    size: 3,
    metadata: null,
    children: [
      { __typename: 'PackageFile', ...file },
      { __typename: 'PackageDir', path: 'd/e', size: 0, metadata: null },
    ],
  };

  const open = async () => {
    const scene = await scripted(({ variables, operation }) => {
      if (operation === 'OpenBrowsingSession') return { data: { browsingSessionCreate: { __typename: 'BrowsingSession', id: 's' } } };
      // As the embedded registry, this one forgives slashes around the path of a directory.
      const path = String(variables['path']).replace(/^\/+|\/+$/g, '');
      return {
        data: { bucketAsked, package: { revision: { hash: 'h', dir: path === 'd' ? dir : null, file: path === 'd/f' ? file : null } } },
      };
    });
    const { ops } = await scene.open({ registryUrl: scene.url, catalogUrl: scene.url, token: await tokenOf(), registry: 'b' });
    return { scene, ops };
  };

  it('of a file or a directory gives what is there', async () => {
    const { scene, ops } = await open();
    await using _ = scene;
    const entry = { path: 'd/f', kind: 'file', size: 3, physicalKey: 's3://b/d/f?versionId=1', metadata: { a: null } };
    const below = { path: 'd/e', kind: 'directory', size: 0, physicalKey: null, metadata: null };
    expect(await ops.browse({ name: 't/p', path: 'd/f' })).toEqual({ ...entry, children: null });
    for (const path of ['d', 'd/']) {
      expect(await ops.browse({ name: 't/p', path })).toEqual({
        path: 'd',
        kind: 'directory',
        size: 3,
        physicalKey: null,
        metadata: null,
        children: [entry, below],
      });
    }
  });

  it.each(['/', '/d', 'd//', 'd/f/', '/d/f', 'd/../d', './d', 'nothing'])('%j is that of nothing', async (path) => {
    const { scene, ops } = await open();
    await using _ = scene;
    for (const ask of [() => ops.browse({ name: 't/p', path }), () => ops.contentUrl({ name: 't/p', path })]) {
      await expect(ask()).rejects.toMatchObject({ name: 'NotFoundError', detail: { package: 't/p', path } });
    }
  });

  it.each(['', 'd', 'd/'])('%j has no content', async (path) => {
    const { scene, ops } = await open();
    await using _ = scene;
    await expect(ops.contentUrl({ name: 't/p', path })).rejects.toMatchObject({ name: 'ValidationError', detail: { field: 'path' } });
  });
});
