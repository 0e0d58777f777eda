import { describe, expect, it } from 'vitest';
import { QuiltError } from './errors.ts';
import {
  backendOfMode,
  type Client,
  claimsOf,
  graphqlCandidates,
  requireItem,
  type Sources,
  select,
  selectAll,
  selectionTable,
  selectKeys,
} from './selection.ts';

type Put = { readonly [P in `${'setting' | 'env' | 'claim' | 'config'} ${string}`]?: string };

/** The order in which places win, written out a second time: a place is `setting NAME`, `env NAME`, `claim NAME` or `config NAME`. */
const shared: Readonly<Record<string, readonly (keyof Put)[]>> = {
  catalogUrl: ['setting catalogUrl', 'env QUILT_CATALOG_URL', 'claim catalog_url'],
  registryUrl: ['setting registryUrl', 'env QUILT_REGISTRY_URL', 'claim registry_url', 'config registryUrl'],
  graphqlUrl: ['setting graphqlUrl', 'env QUILT_GRAPHQL_ENDPOINT'],
  token: ['setting token', 'env MCP_JWT_TOKEN'],
  bearer: ['claim catalog_token', 'setting token', 'env MCP_JWT_TOKEN'],
  refreshToken: ['setting refreshToken'],
  signingSecret: ['env QUILT_JWT_SECRET'],
  registry: ['setting registry'],
  region: ['setting region', 'env AWS_DEFAULT_REGION', 'config region'],
};
const order = {
  platform: shared,
  quilt3: { ...shared, s3Endpoint: ['setting s3Endpoint', 'env AWS_ENDPOINT_URL_S3', 'env AWS_ENDPOINT_URL'] },
} as const satisfies Record<Client, Readonly<Record<string, readonly (keyof Put)[]>>>;

function sourcesOf(put: Put): Sources {
  const of = (kind: string): Readonly<Record<string, string>> =>
    Object.fromEntries(
      Object.entries(put).flatMap(([place, value]) => (place.startsWith(`${kind} `) ? [[place.slice(kind.length + 1), value ?? '']] : [])),
    );
  return { settings: { ...of('setting'), env: of('env') }, claims: of('claim'), config: of('config') };
}

const nothing: Sources = { settings: {}, claims: null, config: null };

/** Every set of places filled: a bit for each. */
const combinations = Object.entries(order).flatMap(([client, items]) =>
  Object.entries(items).flatMap(([item, places]: [string, readonly (keyof Put)[]]) =>
    Array.from({ length: 2 ** places.length }, (_, bits) => ({
      client: client as Client,
      item: item as never,
      filled: places.filter((_, at) => bits & (1 << at)),
      places,
    })),
  ),
);

function caught(work: () => unknown): QuiltError {
  try {
    work();
  } catch (error) {
    if (error instanceof QuiltError) return error;
    throw error;
  }
  throw new Error('expected a QuiltError, got none');
}

describe('select', () => {
  it('knows the items that are written out here, and no others', () => {
    expect(Object.keys(selectionTable.platform)).toEqual(Object.keys(order.platform));
    expect(Object.keys(selectionTable.quilt3)).toEqual(Object.keys(order.quilt3));
  });

  it.each(combinations)('$client: $item from the first of [$filled]', ({ client, item, filled, places }) => {
    const put = Object.fromEntries(filled.map((place) => [place, `value of ${place}`]));
    const { value, from, looked } = select(client, item, sourcesOf(put));
    const [first] = filled;
    expect(value).toBe(first === undefined ? null : `value of ${first}`);
    expect(from).toBe(first === undefined ? null : first.replace('env ', ''));
    expect(looked).toEqual(places.map((place) => place.replace('env ', '')));
  });

  it.each(combinations)('$client: $item passes over blank values at [$filled]', ({ client, item, filled, places }) => {
    const blank = Object.fromEntries(filled.map((place) => [place, ' ']));
    const last = places.at(-1) as keyof Put;
    const put = { ...blank, [last]: ' value ' };
    expect(select(client, item, sourcesOf(put)).value).toBe('value');
  });

  it('takes no claim that is no text', () => {
    expect(select('platform', 'registryUrl', { ...nothing, claims: { registry_url: 7 } }).value).toBeNull();
  });

  it('reports every item with its place', () => {
    const report = selectAll('platform', sourcesOf({ 'setting region': 'eu-west-1', 'env QUILT_CATALOG_URL': 'http://c' }));
    expect(report.region).toMatchObject({ value: 'eu-west-1', from: 'setting region' });
    expect(report.catalogUrl).toMatchObject({ value: 'http://c', from: 'QUILT_CATALOG_URL' });
    expect(report.registryUrl).toMatchObject({ value: null, from: null });
  });
});

describe('requireItem', () => {
  const token = { settings: { token: 'a token' }, claims: {}, config: null };

  it.each([
    ['catalogUrl', 'catalog_url', ['setting catalogUrl', 'QUILT_CATALOG_URL', 'claim catalog_url']],
    ['registryUrl', 'registry_url', ['setting registryUrl', 'QUILT_REGISTRY_URL', 'claim registry_url', 'config registryUrl']],
  ] as const)('%s: names the claim that a token lacks, and every place', (item, field, places) => {
    for (const client of ['platform', 'quilt3'] as const) {
      const error = caught(() => requireItem('browse', client, item, token));
      expect(error).toMatchObject({ name: 'AuthenticationError', operation: 'browse', detail: { field } });
      for (const place of places) expect(error.message).toContain(place);
    }
  });

  it.each(['catalogUrl', 'registryUrl', 'graphqlUrl', 'registry', 'region'] as const)(
    '%s: is a wrong parameter without a token',
    (item) => {
      const error = caught(() => requireItem('browse', 'platform', item, nothing));
      expect(error).toMatchObject({ name: 'ValidationError', detail: { field: item } });
      for (const { name } of selectionTable.platform[item]) expect(error.message).toContain(name);
    },
  );

  it('is a wrong parameter where no claim could have said it', () => {
    expect(caught(() => requireItem('browse', 'platform', 'registry', token))).toMatchObject({
      name: 'ValidationError',
      detail: { field: 'registry' },
    });
  });
});

describe('selectKeys', () => {
  const env = { AWS_ACCESS_KEY_ID: 'env-id', AWS_SECRET_ACCESS_KEY: 'env-secret', AWS_SESSION_TOKEN: 'env-session' };

  it('takes a whole set from settings, and nothing else from the environment', () => {
    const keys = selectKeys('browse', { accessKeyId: 'id', secretAccessKey: 'secret', env });
    expect(keys).toEqual({ accessKeyId: 'id', secretAccessKey: 'secret', sessionToken: null, from: 'setting' });
  });

  it('takes a whole set from the environment', () => {
    expect(selectKeys('browse', { env })).toEqual({
      accessKeyId: 'env-id',
      secretAccessKey: 'env-secret',
      sessionToken: 'env-session',
      from: 'environment',
    });
  });

  it('has none where there are none', () => {
    expect(selectKeys('browse', { env: { AWS_SESSION_TOKEN: 'alone' } })).toBeNull();
  });

  it.each([
    [{ accessKeyId: 'id', env }, 'secretAccessKey'],
    [{ secretAccessKey: 'secret', env }, 'accessKeyId'],
    [{ env: { AWS_ACCESS_KEY_ID: 'id' } }, 'secretAccessKey'],
    [{ env: { AWS_SECRET_ACCESS_KEY: 'secret' } }, 'accessKeyId'],
  ])('refuses half a pair: %o', (settings, field) => {
    expect(caught(() => selectKeys('browse', settings))).toMatchObject({ name: 'ValidationError', detail: { field } });
  });
});

describe('backendOfMode', () => {
  it.each([
    [undefined, 'quilt3'],
    ['', 'quilt3'],
    [' ', 'quilt3'],
    ['false', 'quilt3'],
    ['FALSE', 'quilt3'],
    ['true', 'platform'],
    ['True', 'platform'],
    [' true ', 'platform'],
  ] as const)('%j picks %s', (mode, backend) => {
    expect(backendOfMode(mode === undefined ? {} : { QUILT_MULTITENANT_MODE: mode })).toBe(backend);
  });

  it.each(['yes', '1', '0', 'truee', 'null', 'platform'])('%j is refused by name', (mode) => {
    const error = caught(() => backendOfMode({ QUILT_MULTITENANT_MODE: mode }));
    expect(error).toMatchObject({ name: 'ValidationError', detail: { field: 'QUILT_MULTITENANT_MODE' } });
    expect(error.message).toContain(mode);
  });
});

describe('graphqlCandidates', () => {
  it.each(['http://r', 'http://r/', 'http://r//'])('are both paths below %s', (url) => {
    expect(graphqlCandidates(url)).toEqual(['http://r/graphql', 'http://r/api/graphql']);
  });
});

describe('claimsOf', () => {
  it('reads a JWT without checking it', () => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    expect(claimsOf(`${part({ alg: 'none' })}.${part({ sub: 'u' })}.`)).toEqual({ sub: 'u' });
  });

  it.each([null, '', 'qk_key', 'a.b.c'])('%j has none', (token) => {
    expect(claimsOf(token)).toBeNull();
  });
});
