/** P-06, P-07, P-21, C-05: what an answer is, by its status, its body and the members of its union. */
import { describe, expect, it } from 'vitest';
import { fieldOfPath } from './failures.ts';
import { type Scripted, scripted, tokenOf } from './scripted-session.ts';

const refusedBy = (errors: readonly object[]): Scripted => ({ data: { packageConstruct: { __typename: 'InvalidInput', errors } } });
const failedBy = (name: string): Scripted => ({
  data: { packageConstruct: { __typename: 'OperationError', name, message: 'its own words' } },
});

describe('an answer that is none', () => {
  it.each([
    ['200 with errors', { status: 200, body: { data: null, errors: [{ message: 'boom' }] } }, 'BackendError', { text: 'boom' }],
    [
      '200, unauthenticated',
      { status: 200, body: { errors: [{ message: 'who', extensions: { code: 'UNAUTHENTICATED' } }] } },
      'AuthenticationError',
      { code: 'UNAUTHENTICATED' },
    ],
    [
      '200, forbidden',
      { status: 200, body: { errors: [{ message: 'no', extensions: { code: 'FORBIDDEN' } }] } },
      'PermissionError',
      { code: 'FORBIDDEN' },
    ],
    [
      '200, bad input',
      { status: 200, body: { errors: [{ message: 'no', extensions: { code: 'BAD_USER_INPUT' } }] } },
      'BackendError',
      { text: 'no' },
    ],
    ['400 with errors', { status: 400, body: { errors: [{ message: 'boom' }] } }, 'BackendError', { code: '400', text: 'boom' }],
    ['401', { status: 401, body: {} }, 'AuthenticationError', { code: '401' }],
    ['403', { status: 403, body: {} }, 'PermissionError', { code: '403' }],
    ['404', { status: 404, body: {} }, 'BackendError', { code: '404' }],
    ['500', { status: 500, body: 'oops' }, 'BackendError', { code: '500' }],
    ['HTML', { status: 200, body: '<html>' }, 'BackendError', { code: 'broken-body' }],
    ['cut JSON', { status: 200, body: '{"data":' }, 'BackendError', { code: 'broken-body' }],
    ['another form', { data: { bucketConfigs: [{ name: null }] } }, 'BackendError', { code: 'broken-body' }],
  ] as const)('%s', async (_, answer, name, detail) => {
    await using scene = await scripted(() => answer);
    const { ops } = await scene.open({ graphqlUrl: `${scene.url}/graphql`, token: await tokenOf() });
    const error = await ops.listBuckets().catch((caught: unknown) => caught);
    expect(error).toMatchObject({ name, operation: 'listBuckets', detail });
    const { code, text, ...facts } = (error as { detail: Record<string, string> }).detail;
    expect(facts).toEqual({});
    expect(scene.asked).toHaveLength(1);
  });

  it('to the text of a caller is its answer when it has data or messages', async () => {
    await using scene = await scripted(() => ({
      status: 400,
      body: { errors: [{ message: 'Cannot query field "x"' }, { message: 'second' }] },
    }));
    const { ops } = await scene.open({ graphqlUrl: `${scene.url}/graphql`, token: await tokenOf() });
    expect(await ops.graphql({ query: '{ x }' })).toEqual({ data: null, errors: ['Cannot query field "x"', 'second'] });
  });
});

describe('a typed failure', () => {
  it.each([
    ['params.userMeta', 'metadata'],
    ['src.entries.3.physicalKey', 'uris'],
    ['params.name', 'name'],
    ['params.message', 'message'],
    ['input.permissions.0.bucket', 'permissions'],
    ['bucketName', 'bucket'],
    ['tableName', 'table'],
    ['newTableName', 'newName'],
    ['config', 'config'],
    ['', undefined],
    [null, undefined],
  ])('at %j is about %s', (path, field) => {
    expect(fieldOfPath(path)).toBe(field);
  });

  it.each([
    [
      refusedBy([
        { path: 'params.userMeta', name: 'Odd', message: 'first' },
        { path: null, name: 'X', message: 'second' },
      ]),
      'ValidationError',
      { field: 'metadata', code: 'Odd', text: 'first; second' },
    ],
    [refusedBy([{ path: null, name: 'Odd', message: 'first' }]), 'ValidationError', { code: 'Odd', text: 'first' }],
    [
      refusedBy([{ path: 'src.entries.0.physicalKey', name: 'BucketNotFound', message: 'none' }]),
      'ValidationError',
      { field: 'uris', code: 'BucketNotFound', text: 'none' },
    ],
    [failedBy('ComputeFailure'), 'BackendError', { code: 'ComputeFailure', text: 'its own words' }],
    [failedBy('Forbidden'), 'PermissionError', { bucket: 'b', code: 'Forbidden', text: 'its own words' }],
    [failedBy('BucketNotFound'), 'NotFoundError', { bucket: 'b', code: 'BucketNotFound', text: 'its own words' }],
  ] as const)('%j', async (answer, name, detail) => {
    await using scene = await scripted(() => answer);
    const { ops } = await scene.open({ registryUrl: scene.url, token: await tokenOf(), registry: 'b' });
    const error = await ops.createRevision({ name: 't/p' }).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ name });
    expect((error as { detail: unknown }).detail).toEqual(detail);
  });
});

describe('the endpoint', () => {
  const at =
    (path: string) =>
    (asked: { path: string }): Scripted =>
      asked.path === path ? { data: { bucketConfigs: [] } } : { status: 404, body: 'nothing here' };

  it('is found at /api/graphql, and kept to', async () => {
    await using scene = await scripted(at('/api/graphql'));
    const { ops } = await scene.open({ registryUrl: `${scene.url}/`, token: await tokenOf() });
    await ops.listBuckets();
    await ops.listBuckets();
    expect(scene.asked.map(({ path }) => path)).toEqual(['/graphql', '/api/graphql', '/api/graphql']);
  });

  it('that is nowhere is one error with both URLs', async () => {
    await using scene = await scripted(at('/elsewhere'));
    const { ops } = await scene.open({ registryUrl: scene.url, token: await tokenOf() });
    const error = await ops.listBuckets().catch((caught: Error) => caught);
    expect(error).toMatchObject({ name: 'BackendError', detail: { code: '404' } });
    for (const path of ['/graphql', '/api/graphql']) expect(String(error)).toContain(`${scene.url}${path}`);
  });

  it('that was told is the only one', async () => {
    await using scene = await scripted(at('/api/graphql'));
    const { ops } = await scene.open({
      registryUrl: scene.url,
      env: { QUILT_GRAPHQL_ENDPOINT: `${scene.url}/told` },
      token: await tokenOf(),
    });
    await expect(ops.listBuckets()).rejects.toMatchObject({ name: 'BackendError', detail: { code: '404' } });
    expect(scene.asked.map(({ path }) => path)).toEqual(['/told']);
  });
});
