/** The rows of single sign-on, the buckets of the stack and tabulator, brought about in the model. */
import type { Bench, Params } from './model-bench.ts';
import { adminCases, type RowCase, type Setups, signedInCases } from './row-case.ts';

const SSO = ['version: "1.0"', 'default_role: DataReaders', 'mappings:', '  - schema: true', '    roles: [DataEditors]'].join('\n');
const TABLE = [
  'schema:',
  '- name: id',
  '  type: INT',
  'source:',
  '  type: quilt-packages',
  '  package_name: ^team/(?P<x>.+)$',
  '  logical_key: .*\\.csv$',
  'parser:',
  '  format: csv',
  '  header: true',
].join('\n');

const when =
  (params: (bench: Bench) => Promise<Params> | Params, holds?: RowCase['holds']) =>
  async (bench: Bench): Promise<RowCase> => ({
    params: await params(bench),
    ...(holds && { holds }),
  });

const table = (bench: Bench): Params => ({ bucket: bench.bucket, table: 't', config: TABLE });
const made = async (bench: Bench): Promise<Params> => {
  await bench.run('tabulator.create', table(bench));
  return table(bench);
};
/** Rows of a table that is there. */
const tableCases = (rest: Params): Setups => ({
  ...adminCases(async (bench) => ({ ...(await made(bench)), ...rest })),
  'bucket is not in the stack': when((bench) => ({ ...table(bench), ...rest, bucket: 'none' })),
  'table does not exist': when((bench) => ({ ...table(bench), ...rest })),
});

const settings = (base: (bench: Bench) => Promise<Params> | Params): Setups => {
  const but = (change: Params) => when(async (bench) => ({ ...(await base(bench)), ...change }));
  return {
    ...adminCases(base),
    'title is blank': but({ title: '' }),
    'snsNotificationArn is neither the ARN of a topic nor DO_NOT_SUBSCRIBE': but({ snsNotificationArn: 'topic' }),
    'fileExtensionsToIndex has one without a dot, or one that cannot be indexed': but({ fileExtensionsToIndex: ['csv'] }),
    'indexContentBytes is outside config.contentIndexingSettings': but({ indexContentBytes: -1 }),
    'the topic does not exist': but({ snsNotificationArn: 'arn:aws:sns:us-east-1:123456789012:topic' }),
    'the topic cannot be subscribed to': 'a small stack has no topics',
  };
};
const removed = async (bench: Bench): Promise<Params> => {
  await bench.run('admin.buckets.remove', { name: bench.second });
  return { name: bench.second, title: 'Second' };
};
const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

interface Bucket {
  readonly name: string;
  readonly title: string;
  readonly description: string | null;
  readonly relevanceScore: number;
  readonly browsable: boolean;
  readonly lastIndexed: string | null;
}

export const stackCases: Readonly<Record<string, Setups>> = {
  'admin.sso.get': {
    ...adminCases(() => ({})),
    'none is set': when(
      () => ({}),
      (sso: unknown) => sso === null,
    ),
    'one is set': when(
      async (bench) => {
        await bench.run('admin.sso.set', { config: SSO });
        return {};
      },
      (sso: unknown) => same(sso, { text: SSO, timestamp: '@1', uploader: 'admin' }),
    ),
  },
  'admin.sso.set': {
    ...adminCases(() => ({ config: SSO })),
    'config is blank': when(() => ({ config: ' ' })),
    'config is not YAML of version 1.0 with mappings and default_role': when(() => ({ config: SSO.replace('1.0', '2.0') })),
    'config names a role that does not exist': when(() => ({ config: SSO.replace('DataEditors', 'None') })),
    'all is well': when(
      () => ({ config: SSO }),
      ({ text }: { text: string }) => text === SSO,
    ),
  },
  'admin.sso.remove': { ...adminCases(() => ({})), 'set or not': when(() => ({})) },
  'admin.buckets.list': {
    ...adminCases(() => ({})),
    any: when(
      () => ({}),
      (found: readonly Bucket[]) => found.length === 2 && found[0]?.browsable === true,
    ),
  },
  'admin.buckets.get': {
    ...adminCases((bench) => ({ name: bench.bucket })),
    'bucket is not in the stack': when(() => ({ name: 'none' })),
    'bucket is in the stack': when(
      (bench) => ({ name: bench.bucket }),
      ({ relevanceScore }: Bucket) => relevanceScore === 100,
    ),
  },
  'admin.buckets.add': {
    ...settings(removed),
    'bucket is in the stack already': when((bench) => ({ name: bench.bucket, title: 'x' })),
    'bucket does not exist': when(() => ({ name: 'none', title: 'x' })),
    'the stack may not use the bucket': when((bench) => ({ name: bench.neighbour.buckets[0], title: 'x' })),
    'the licence is not in force': 'a small stack has no licence',
    'all is well': when(removed, ({ title, browsable, lastIndexed }: Bucket) => title === 'Second' && !browsable && lastIndexed === '@2'),
    'its first scan is left for later': when(
      async (bench) => ({ ...(await removed(bench)), delayScan: true }),
      ({ lastIndexed }: Bucket) => lastIndexed === null,
    ),
  },
  'admin.buckets.update': {
    ...settings((bench) => ({ name: bench.bucket, title: 'First' })),
    'bucket is not in the stack': when(() => ({ name: 'none', title: 'x' })),
    'all is well': when(
      async (bench) => {
        await bench.run('admin.buckets.update', {
          name: bench.bucket,
          title: 'x',
          description: 'gone',
          relevanceScore: 7,
          browsable: true,
        });
        return { name: bench.bucket, title: 'First' };
      },
      ({ title, description, relevanceScore, browsable, lastIndexed }: Bucket) =>
        same([title, description, relevanceScore, browsable, lastIndexed], ['First', null, 100, false, '@0']),
    ),
  },
  'admin.buckets.remove': {
    ...adminCases((bench) => ({ name: bench.second })),
    'bucket is not in the stack': when(() => ({ name: 'none' })),
    'bucket is being indexed': 'the model has no scans',
    'all is well': when(
      (bench) => ({ name: bench.second }),
      async (_: never, bench) => same(await bench.run('listBuckets'), [bench.bucket]),
    ),
  },
  'tabulator.list': {
    ...signedInCases((bench) => ({ bucket: bench.bucket })),
    'bucket is not in the stack': when(() => ({ bucket: 'none' })),
    'caller may read the bucket': async (bench) => ({
      params: await made(bench),
      settings: bench.tenant.settingsOf('user'),
      holds: (tables: unknown) => same(tables, [{ name: 't', config: TABLE }]),
    }),
  },
  'tabulator.get': { ...tableCases({}), 'table exists': when(made, (found: unknown) => same(found, { name: 't', config: TABLE })) },
  'tabulator.create': {
    ...adminCases(table),
    'config is blank': when((bench) => ({ ...table(bench), config: ' ' })),
    'bucket is not in the stack': when((bench) => ({ ...table(bench), bucket: 'none' })),
    'table exists': when(made),
    'table name is not 1 to 255 letters, digits, _ or -': when((bench) => ({ ...table(bench), table: 'a b' })),
    'config is not YAML with schema, source and parser': when((bench) => ({ ...table(bench), config: 'schema: []' })),
    'all is well': when(table, (found: unknown) => same(found, { name: 't', config: TABLE })),
  },
  'tabulator.update': {
    ...tableCases({}),
    'config is blank': when((bench) => ({ ...table(bench), config: '' })),
    'config is not YAML with schema, source and parser': when(async (bench) => ({ ...(await made(bench)), config: ': :' })),
    'all is well': when(
      async (bench) => ({ ...(await made(bench)), config: TABLE.replace('csv\n', 'parquet\n') }),
      ({ config }: { config: string }) => config.includes('parquet'),
    ),
  },
  'tabulator.rename': {
    ...tableCases({ newName: 'n' }),
    'new name is not 1 to 255 letters, digits, _ or -': when(async (bench) => ({ ...(await made(bench)), newName: '' })),
    'another table has the new name, or it is the old one': when(async (bench) => ({ ...(await made(bench)), newName: 't' })),
    'all is well': when(
      async (bench) => ({ ...(await made(bench)), newName: 'n' }),
      (found: unknown) => same(found, { name: 'n', config: TABLE }),
    ),
  },
  'tabulator.delete': {
    ...tableCases({}),
    'table exists': when(made, async (_: never, bench) => same(await bench.run('tabulator.list', { bucket: bench.bucket }), [])),
  },
  'tabulator.getOpenQuery': {
    ...adminCases(() => ({})),
    any: when(
      () => ({}),
      ({ enabled }: { enabled: boolean }) => !enabled,
    ),
  },
  'tabulator.setOpenQuery': {
    ...adminCases(() => ({ enabled: true })),
    any: when(
      () => ({ enabled: true }),
      async (_: never, bench) => same(await bench.run('tabulator.getOpenQuery'), { enabled: true }),
    ),
  },
};
