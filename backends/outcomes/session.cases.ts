/** The rows of sign-in, catalog, buckets and raw GraphQL, brought about in the model. */
import type { Bench } from './model-bench.ts';
import { without } from './model-bench.ts';
import { type Setups, signedInCases } from './row-case.ts';

interface Status {
  readonly authenticated: boolean;
  readonly user: { readonly name: string; readonly role: string | null; readonly roles: readonly string[] } | null;
  readonly catalogUrl: string | null;
}

const BAD_TOKEN = 'token expired, malformed, unsigned or signed with another secret';
const badToken = (params: object): Setups => ({ [BAD_TOKEN]: signedInCases(() => ({ ...params }))[BAD_TOKEN] ?? '' });
const served = 'the model has one catalog, which is in order';
const nowhere = (bench: Bench) => without(bench.tenant.settingsOf('nobody'), 'catalogUrl', 'registryUrl', 'graphqlUrl');

export const sessionCases: Readonly<Record<string, Setups>> = {
  authStatus: {
    ...badToken({}),
    'signed in': (bench) => ({
      params: {},
      settings: bench.tenant.settingsOf('user'),
      holds: ({ user }: Status) => user?.role === 'DataEditors' && JSON.stringify(user.roles) === '["DataEditors","DataReaders"]',
    }),
    'no token': (bench) => ({
      params: {},
      settings: bench.tenant.settingsOf('nobody'),
      holds: ({ authenticated, user, catalogUrl }: Status) => !authenticated && user === null && catalogUrl === 'http://catalog.test',
    }),
  },
  catalogConfig: {
    'no catalog is named anywhere, and there is no token': (bench) => ({ params: {}, settings: nowhere(bench) }),
    'no catalog is named anywhere, and the token lacks the claim': (bench) => ({
      params: {},
      settings: { ...nowhere(bench), token: bench.tenant.token({ user: 'user', claims: { catalog_url: null } }) },
    }),
    'catalog answers': () => ({ params: {}, holds: ({ analyticsBucket }: { analyticsBucket: string }) => analyticsBucket === 'analytics' }),
    'a key that clients need is missing or empty': served,
    'the catalog answers 404': served,
    'the answer is not JSON': served,
  },
  configureCatalog: {
    'catalogUrl is not http(s)': () => ({ params: { catalogUrl: 'ftp://catalog.test' } }),
    'a key that clients need is missing or empty': served,
    'the catalog answers 404': served,
    'the answer is not JSON': served,
    'catalog answers': () => ({
      params: { catalogUrl: 'http://catalog.test/' },
      holds: ({ catalogUrl }: { catalogUrl: string }) => catalogUrl === 'http://catalog.test',
    }),
  },
  registryUrl: {
    'registry is named by setting, variable or claim': (bench) => ({
      params: {},
      settings: { ...nowhere(bench), env: { QUILT_REGISTRY_URL: 'http://registry.test/' } },
      holds: ({ registryUrl }: { registryUrl: string }) => registryUrl === 'http://registry.test',
    }),
    'only the catalog is named': (bench) => ({
      params: {},
      settings: { ...nowhere(bench), catalogUrl: 'http://catalog.test' },
      holds: ({ registryUrl }: { registryUrl: string }) => registryUrl === 'http://registry.test',
    }),
    'nothing is named': (bench) => ({ params: {}, settings: nowhere(bench) }),
  },
  listBuckets: {
    ...signedInCases(() => ({})),
    'signed in': (bench) => ({ params: {}, holds: (names: readonly string[]) => names.join() === bench.tenant.buckets.join() }),
  },
  bucketInfo: {
    ...signedInCases((bench) => ({ bucket: bench.bucket })),
    'bucket is not in the stack, or the caller may not read it': () => ({ params: { bucket: 'none' } }),
    'bucket is in the stack': (bench) => ({
      params: { bucket: bench.bucket },
      holds: ({ title, tags }: { title: string; tags: unknown }) => title === bench.bucket && tags === null,
    }),
  },
  awsCredentials: {
    ...signedInCases(() => ({})),
    'signed in': (bench) => ({
      params: {},
      settings: bench.tenant.settingsOf('user'),
      holds: async (keys: Keys) => {
        const before = bench.tenant.tryKeys(keys, 'put', bench.bucket, 'k');
        await bench.run('admin.users.setRole', { name: 'user', role: 'DataReaders' });
        const tried = [before, bench.tenant.tryKeys(keys, 'put', bench.bucket, 'k'), bench.tenant.tryKeys(keys, 'get', bench.bucket, 'k')];
        return tried.join() === 'ok,AccessDenied,ok' && /^@\d+\+3600$/.test(keys.expires);
      },
    }),
    'used after their user was switched off or deleted': (bench) => ({
      params: {},
      settings: bench.tenant.settingsOf('user'),
      holds: async (keys: Keys) => {
        const tried = () => bench.tenant.tryKeys(keys, 'put', bench.bucket, 'k');
        const on = tried();
        await bench.run('admin.users.setActive', { name: 'user', active: false });
        const off = tried();
        await bench.run('admin.users.setActive', { name: 'user', active: true });
        const again = tried();
        await bench.run('admin.users.delete', { name: 'user' });
        return [on, off, again, tried()].join() === 'ok,AccessDenied,ok,AccessDenied';
      },
    }),
    'used after `expires`': (bench) => ({
      params: {},
      holds: (keys: Keys) => {
        bench.tenant.advance(3_600);
        return bench.tenant.tryKeys(keys, 'get', bench.bucket, 'k') === 'ExpiredToken';
      },
    }),
  },
  graphql: {
    ...badToken({ query: '{ me { name } }' }),
    'document is sound': () => ({
      params: { query: 'query Who { who: me { name roles { name } } }' },
      holds: (answer: object) =>
        JSON.stringify(answer) === '{"data":{"who":{"name":"admin","roles":[{"name":"ReadWriteQuiltBucket"}]}},"errors":null}',
    }),
    'document is invalid, or variables do not fit (400)': () => ({
      params: { query: '{ me { title } }' },
      holds: (answer: object) =>
        JSON.stringify(answer) === '{"data":null,"errors":["#text:Cannot query field \\"title\\" on type \\"Me\\"."]}',
    }),
    'a field fails': 'the model knows no field that fails',
    'query is blank': () => ({ params: { query: ' ' } }),
  },
};

interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expires: string;
}
