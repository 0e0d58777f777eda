import { describe, expect, it } from 'vitest';
import type { TenantSpec } from '../../fixtures/control.ts';
import { compareRuns } from './compare.ts';
import { createOracleSide } from './oracle-world.ts';
import { scenario } from './scenario.ts';
import { tell } from './side.ts';

const target = {
  catalogUrl: 'http://catalog.test',
  registryUrl: 'http://registry.test',
  graphqlUrl: 'http://registry.test/graphql',
  s3Endpoint: 'http://s3.test',
  region: 'us-east-1',
  buckets: ['first'],
};

type Story = Parameters<typeof scenario>[0];

/** Tells a story on the model. */
function told(run: Story['run'], as: 'admin' | 'user' | 'nobody' = 'user', tenant: TenantSpec = {}) {
  const story = scenario({ title: 'a story', level: 'must', needs: [], run });
  return tell(story, null, {}, createOracleSide({ tenant, as, random: () => 0.5, target }));
}

const events = async (run: Story['run'], as?: 'admin' | 'user' | 'nobody', tenant?: TenantSpec) => {
  const { observations, broken } = await told(run, as, tenant);
  expect(broken).toBeNull();
  return observations.map(({ call, operation, outcome }) => [
    call,
    operation,
    'value' in outcome ? outcome.value : { [outcome.error.class]: outcome.error.detail },
  ]);
};

describe('the oracle world', () => {
  it('numbers operations and events of the world in the order they start, and dates by these numbers', async () => {
    const seen = await events(async ({ ops, world }) => {
      const uris = await world.objects({ 'a.txt': 'a' });
      world.note('uris', uris.length);
      await ops.createRevision({ name: world.packageName(), uris, message: 'm' });
      await world.nextSecond();
      await Promise.all([ops.listRevisions({ name: world.packageName() }), ops.listPackages()]);
    });
    expect(seen.map(([call, operation]) => `${call} ${operation}`)).toEqual([
      '1 world.objects',
      '2 world.note uris',
      '3 createRevision',
      '4 world.nextSecond',
      '5 listRevisions',
      '6 listPackages',
    ]);
    expect(seen[4]?.[2]).toMatchObject([{ modified: '@3', message: 'm' }]);
  });

  it('records a presigned URL as what it gives, and never a token', async () => {
    const seen = await events(async ({ ops, world }) => {
      await ops.createRevision({ name: world.packageName(), uris: await world.objects({ 'a.txt': 'abc' }) });
      const { url } = await ops.contentUrl({ name: world.packageName(), path: 'a.txt' });
      await world.download(url);
      await world.advance(4_000);
      await world.download(url);
      await world.token({ user: 'admin' });
    });
    const sha256 = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
    expect(seen.slice(2).map(([, , value]) => value)).toEqual([
      { url: `content:${sha256}:3` },
      { status: 200, sha256, size: 3 },
      null,
      { status: 403, sha256: '', size: 0 },
      null,
    ]);
  });

  it('knows its buckets and URLs by symbols, a neighbour having its own', async () => {
    const run = await told(
      async ({ ops, world, attempt }) => {
        await ops.catalogConfig();
        await ops.listBuckets();
        const { world: other, ops: theirs } = await world.neighbour();
        await theirs.listBuckets();
        await attempt(ops.listPackages({ registry: other.bucket() }));
      },
      'user',
      { buckets: 2 },
    );
    const symbols = { broken: null, made: null, symbols: new Map<string, string>(), side: 'quilt3' };
    const at = run.observations.map(({ startedAt, endedAt }) => ({ startedAt, endedAt }));
    const expected = [
      {
        operation: 'catalogConfig',
        outcome: {
          value: {
            catalogUrl: '{catalog}',
            registryUrl: '{registry}',
            region: 'us-east-1',
            apiGatewayEndpoint: '{registry}',
            analyticsBucket: 'first',
          },
        },
      },
      { operation: 'listBuckets', outcome: { value: ['{bucket}', '{bucket.1}'] } },
      { operation: 'world.neighbour', outcome: { value: null } },
      { operation: 'listBuckets', outcome: { value: ['{neighbour}'] } },
      {
        operation: 'listPackages',
        outcome: {
          error: { class: 'NotFoundError', operation: 'listPackages', detail: { bucket: '{neighbour}' }, message: 'bucket: none' },
        },
      },
    ];
    const observations = expected.map((each, index) => ({
      ...each,
      call: index + 1,
      startedAt: at[index]?.startedAt ?? 0,
      endedAt: at[index]?.endedAt ?? 0,
    }));
    expect(compareRuns(run, { ...symbols, observations })).toEqual([]);
  });

  it('lets a client go without settings, and as somebody else', async () => {
    const seen = await events(async ({ ops, world, attempt }) => {
      await attempt(ops.admin.users.list());
      const admin = await world.open({ as: 'admin' });
      await admin.admin.users.setActive({ name: 'user', active: false });
      await attempt(ops.authStatus());
      const expired = await world.open({ without: ['refreshToken'], token: await world.token({ user: 'admin', expiresIn: -1 }) });
      await attempt(expired.listBuckets());
      const renewed = await world.open({ as: 'admin', token: await world.token({ user: 'admin', expiresIn: -1 }) });
      await renewed.tabulator.getOpenQuery();
    });
    expect(
      seen.map(([, operation, value]) => [operation, value]).filter(([operation]) => !String(operation).startsWith('world.')),
    ).toMatchObject([
      ['admin.users.list', { PermissionError: {} }],
      ['admin.users.setActive', { name: 'user', isActive: false }],
      ['authStatus', { AuthenticationError: {} }],
      ['listBuckets', { AuthenticationError: {} }],
      ['tabulator.getOpenQuery', { enabled: false }],
    ]);
  });

  it.each<[string, { status: number; body?: string; times?: number }, object]>([
    ['GraphQL errors', { status: 200, body: '{"errors":[{"message":"boom"}]}' }, { BackendError: { text: 'boom' } }],
    [
      '400 with errors',
      { status: 400, body: '{"errors":[{"message":"bad field"}]}' },
      { BackendError: { code: '400', text: 'bad field' } },
    ],
    ['401', { status: 401 }, { AuthenticationError: { code: '401' } }],
    ['403', { status: 403 }, { PermissionError: { code: '403' } }],
    ['404', { status: 404 }, { BackendError: { code: '404' } }],
    ['429 for ever', { status: 429 }, { BackendError: { code: '429' } }],
    ['429 twice', { status: 429, times: 2 }, { name: '{bucket}' }],
    ['500', { status: 500 }, { BackendError: { code: '500' } }],
    ['a broken body', { status: 200, body: '<html>' }, { BackendError: { code: 'broken-body' } }],
  ])('answers %s as the transport table says', async (_, { status, body, times }, expected) => {
    const { observations, symbols } = await told(async ({ ops, world, attempt }) => {
      await world.fault({
        door: 'graphql',
        operation: 'bucketConfig',
        answer: { kind: 'respond', status, ...(body !== undefined && { body }) },
        ...(times !== undefined && { times }),
      });
      await attempt(ops.bucketInfo({ bucket: world.bucket() }));
    });
    const outcome = observations[1]?.outcome;
    const seen = outcome === undefined || 'value' in outcome ? outcome?.value : { [outcome.error.class]: outcome.error.detail };
    expect(JSON.parse(JSON.stringify(seen).replaceAll([...symbols.keys()].at(-1) ?? '', '{bucket}'))).toMatchObject(expected);
  });

  it('carries out what a fault performs and then refuses, once', async () => {
    const seen = await events(async ({ ops, world, attempt }) => {
      await world.fault({ door: 'any', times: 1, answer: { kind: 'hang', perform: true } });
      await attempt(ops.createRevision({ name: world.packageName() }));
      await world.fault({ door: 'any', times: 1, answer: { kind: 'reset' } });
      await attempt(ops.createRevision({ name: world.packageName() }));
      await ops.listRevisions({ name: world.packageName() });
      await world.repeats();
    });
    expect(seen.map(([, , value]) => value)).toMatchObject([
      null,
      { BackendError: { code: 'timeout' } },
      null,
      { BackendError: { code: 'reset' } },
      [{ modified: '@2' }],
      0,
    ]);
  });
});
