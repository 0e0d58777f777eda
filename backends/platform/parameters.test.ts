/** What the parameters alone tell: P-12, P-22, P-23, P-30. Nothing is sent. */
import { describe, expect, it } from 'vitest';
import { operationNames } from '../operations.ts';
import { PARAMETER_VALUES } from '../quilt-ops.ts';
import { readPath } from './package-path.ts';
import { platform } from './platform.ts';
import { scripted, tokenOf } from './scripted-session.ts';

const uri = (key: string) => `s3://b/${key}`;

describe('the support table', () => {
  it('answers for every operation and parameter value, with a reason where it lacks one', () => {
    expect(Object.keys(platform.supports).sort()).toEqual([...operationNames, ...PARAMETER_VALUES].sort());
    const lacking = Object.entries(platform.supports).filter(([, support]) => support !== true);
    expect(lacking.map(([name]) => name)).toEqual(PARAMETER_VALUES.filter((value) => value !== 'answer:withheld'));
    for (const [, support] of lacking) expect(support).toEqual({ no: expect.stringMatching(/\w+ \w+/) });
  });
});

describe('createRevision and updateRevision', () => {
  it.each([
    [{ name: 'one' }, 'name'],
    [{ name: 'a/b/c' }, 'name'],
    [{ name: 'a b/c' }, 'name'],
    [{ name: 'a/b\n' }, 'name'],
    [{ uris: ['http://b/k'] }, 'uris'],
    [{ uris: ['s3://b'] }, 'uris'],
    [{ uris: ['s3://b/'] }, 'uris'],
    [{ uris: ['s3://b/k/'] }, 'uris'],
    [{ uris: ['s3://b/k?part=1'] }, 'uris'],
    [{ uris: ['s3://b/k?versionId='] }, 'uris'],
    [{ uris: ['s3://b/100%'] }, 'uris'],
    [{ uris: [uri('a//b')] }, 'uris'],
    [{ uris: [uri('a/../b')] }, 'uris'],
    [{ uris: [uri('a'), uri('a')] }, 'uris'],
    [{ uris: [uri('a'), uri('a/b')] }, 'uris'],
    [{ uris: [uri('x/a'), uri('y/a')], organise: false }, 'uris'],
    [{ uris: [uri('%61'), uri('a')] }, 'uris'],
    [{ copy: true }, 'copy'],
    [{ files: [{ path: 'x', bytes: new Uint8Array() }] }, 'files'],
    [{ registry: 's3://b/prefix' }, 'registry'],
    [{ registry: 's3://' }, 'registry'],
    [{ registry: '' }, 'registry'],
    [{ registry: 'https://b' }, 'registry'],
    [{ uris: ['bad'], copy: true, registry: '' }, 'uris'],
    [{ copy: true, registry: '' }, 'copy'],
  ])('refuse %j for %s', async (wrong, field) => {
    await using scene = await scripted(() => ({ data: {} }));
    const { ops } = await scene.open({ registryUrl: scene.url, token: await tokenOf(), registry: 'b' });
    for (const operation of ['createRevision', 'updateRevision'] as const) {
      const error = await ops[operation]({ name: 't/p', ...wrong }).catch((caught: unknown) => caught);
      expect(error).toMatchObject({ name: 'ValidationError', operation });
      expect((error as { detail: unknown }).detail).toEqual({ field });
    }
    expect(scene.asked).toEqual([]);
  });

  it.each([
    ['s3://other', 'other'],
    ['s3://other/', 'other'],
    ['other', 'other'],
    ['other/', 'other'],
    [undefined, 'b'],
  ])('registry %j is the bucket %s', async (registry, bucket) => {
    const made = { __typename: 'PackagePushSuccess', package: { bucket, name: 't/p' }, revision: { hash: 'h', totalEntries: 2 } };
    await using scene = await scripted(() => ({ data: { packageConstruct: made } }));
    const { ops } = await scene.open({ registryUrl: scene.url, token: await tokenOf(), registry: 's3://b/' });
    const uris = [uri('d/%C3%BC%20x?versionId=1'), uri('e/y')];
    await ops.createRevision({ name: 't/p', uris, organise: false, ...(registry !== undefined && { registry }) });
    expect(scene.asked[0]?.variables).toEqual({
      params: { bucket, name: 't/p' },
      src: {
        entries: [
          { logicalKey: 'ü x', physicalKey: uris[0] },
          { logicalKey: 'y', physicalKey: uris[1] },
        ],
      },
    });
  });
});

describe('readPath', () => {
  it.each([
    ['', '', true, true],
    ['a', 'a', false, true],
    ['a/b', 'a/b', false, true],
    ['a/', 'a', true, true],
    ['/', '', true, false],
    ['/a', '/a', false, false],
    ['a//', 'a/', true, false],
    ['a//b', 'a//b', false, false],
    ['./a', './a', false, false],
    ['a/..', 'a/..', false, false],
  ])('%j', (path, key, isDirectory, isPossible) => {
    expect(readPath(path)).toEqual({ key, isDirectory, isPossible });
  });
});
