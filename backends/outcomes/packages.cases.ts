/** The rows of packages, brought about in the model. */
import type { Bench, Params } from './model-bench.ts';
import { nameCases, type RowCase, registryCases, revisionCases, type Setups } from './row-case.ts';

interface Info {
  readonly topHash: string;
  readonly metadata: unknown;
  readonly message: string | null;
  readonly workflow: string | null;
  readonly tags: readonly string[];
  readonly modified: string;
  readonly totalEntries: number;
}

interface Node {
  readonly path: string;
  readonly kind: string;
  readonly size: number;
  readonly physicalKey: string | null;
  readonly metadata: unknown;
  readonly children: readonly Node[] | null;
}

const bytes = (text: string) => Buffer.from(text);

/** A package of two revisions; the second has a directory and an entry with metadata. */
async function two(bench: Bench): Promise<{ readonly first: string; readonly second: string }> {
  const a = bench.put('a.csv', 'aa');
  const first = await bench.push({ uris: [a], message: 'first', metadata: { run: 1 } });
  const files = [{ path: 'd/b.csv', bytes: bytes('bbb'), metadata: { kind: 'b' } }];
  const second = await bench.push({ uris: [a], files, message: 'second' });
  return { first, second };
}

const named = (bench: Bench): Params => ({ name: bench.name });

/** `base` with two revisions made first. */
const after =
  (params: (bench: Bench) => Params) =>
  async (bench: Bench): Promise<Params> => {
    await two(bench);
    return params(bench);
  };

const info = (bench: Bench, params: Params = {}) => bench.run<Info>('packageInfo', { name: bench.name, ...params });
const browse = (bench: Bench, path: string) => bench.run<Node>('browse', { name: bench.name, path });
const children = (node: Node) => (node.children ?? []).map(({ path }) => path).sort();
const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

const search =
  (query: string, names: readonly string[], more: Params = {}) =>
  async (bench: Bench): Promise<RowCase> => {
    await bench.push({ name: 'team/one', message: 'Red apple', metadata: { color: 'red', n: 1 } });
    await bench.push({ name: 'team/two', message: 'green pear', metadata: { tags: ['fruit'] } });
    await bench.push({ name: 'team/three', message: 'old' });
    await bench.push({ name: 'team/three', message: 'new apple' });
    return {
      params: { query, ...more },
      holds: (found: readonly { name: string }[]) => same(found.map(({ name }) => name).sort(), [...names].sort()),
    };
  };

const WORKFLOWS = '.quilt/workflows/config.yml';
const workflow = (config: object) => (bench: Bench) =>
  bench.put(WORKFLOWS, JSON.stringify({ version: '1', workflows: { w: { name: 'W', is_message_required: true } }, ...config }));

/** Rows that making and updating have in common; `base` are well parameters without entries. */
function pushCases(base: (bench: Bench) => Promise<Params> | Params): Setups {
  const given =
    (change: (bench: Bench) => Promise<Params> | Params, holds?: RowCase['holds']) =>
    async (bench: Bench): Promise<RowCase> => ({
      params: { ...(await base(bench)), ...(await change(bench)) },
      ...(holds && { holds }),
    });
  const keyAt = async (bench: Bench, path: string) => (await browse(bench, path)).physicalKey ?? '';
  return {
    ...nameCases(base),
    ...registryCases(base),
    'a URI is not s3://bucket/key, ends in a slash, or has another parameter than versionId': given((bench) => ({
      uris: [`s3://${bench.bucket}/x/`],
    })),
    'a path of `files`, or the logical key of a URI, is empty or has an empty, . or .. segment, or a slash at an end': given(() => ({
      files: [{ path: 'a//b', bytes: bytes('x') }],
    })),
    'two entries get one logical key (flattened, or given twice), or one is a directory of another': given((bench) => ({
      uris: [bench.put('x/same', '1'), bench.put('y/same', '2')],
      organise: false,
    })),
    'a parameter value that the backend does not support (see its support table)': 'the model supports all of them',
    'caller may only read the bucket': async (bench) => {
      const params = await base(bench);
      await bench.run('admin.users.setRole', { name: 'user', role: 'DataReaders' });
      return { params, settings: bench.tenant.settingsOf('user') };
    },
    'an object, its version or its bucket is not there': given((bench) => ({ uris: [`s3://${bench.bucket}/none`] })),
    'organise is true or not given': given(
      (bench) => ({ uris: [bench.put('deep/in/x', 'x')] }),
      async (_: never, bench) => (await keyAt(bench, 'deep/in/x')).includes('/deep/in/x'),
    ),
    'organise is false': given(
      (bench) => ({ uris: [bench.put('deep/in/x', 'x')], organise: false }),
      async (_: never, bench) => (await keyAt(bench, 'x')).includes('/deep/in/x'),
    ),
    'URI without a version': given(
      (bench) => {
        bench.put('v', 'old');
        bench.put('v', 'newer');
        return { uris: [`s3://${bench.bucket}/v`] };
      },
      async (_: never, bench) => (await browse(bench, 'v')).size === 5 && (await keyAt(bench, 'v')).includes('?versionId='),
    ),
    'copy is false or not given': given(
      (bench) => ({ uris: [bench.put('x', 'x')] }),
      async (_: never, bench) => bench.tenant.count(bench.bucket, `${bench.name}/x`) === 0,
    ),
    'copy is true': given(
      (bench) => ({ uris: [bench.put('x', 'x')], copy: true }),
      async (_: never, bench) =>
        (await keyAt(bench, 'x')).includes(`/${bench.name}/x?`) && bench.tenant.count(bench.bucket, `${bench.name}/x`) === 1,
    ),
    'files given': given(
      () => ({ files: [{ path: 'n/f', bytes: bytes('12345'), metadata: { a: 1 } }] }),
      async (_: never, bench) =>
        same((await browse(bench, 'n/f')).metadata, { a: 1 }) && (await keyAt(bench, 'n/f')).includes(`/${bench.name}/n/f?`),
    ),
    'message not given': given(
      () => ({}),
      async (_: never, bench) => (await info(bench)).message === null,
    ),
    'workflow configuration in the bucket': given(
      (bench) => {
        workflow({ default_workflow: 'w' })(bench);
        return { message: 'given' };
      },
      async (pushed: { topHash: string }, bench) => (await info(bench)).workflow === 'w' && pushed.topHash.startsWith('#hash:'),
    ),
    'workflow configuration refuses the revision': given((bench) => {
      workflow({ default_workflow: 'w' })(bench);
      return {};
    }),
    'top hash': given(
      () => ({ message: 'm' }),
      ({ topHash }: { topHash: string }) => /^[0-9a-f]{64}$/.test(topHash),
    ),
  };
}

export const packageCases: Readonly<Record<string, Setups>> = {
  listPackages: {
    ...registryCases(() => ({})),
    'bucket has packages': async (bench) => {
      await two(bench);
      await bench.push({ name: 'team/more' });
      return { params: {}, holds: (names: readonly string[]) => same([...names].sort(), ['team/data', 'team/more']) };
    },
    'bucket has none': () => ({ params: {}, holds: (names: readonly string[]) => names.length === 0 }),
    'prefix given': async (bench) => {
      await bench.push({ name: 'team/a' });
      await bench.push({ name: 'Team/b' });
      await bench.push({ name: 'x/team' });
      return { params: { prefix: 'team' }, holds: (names: readonly string[]) => same(names, ['team/a']) };
    },
  },
  searchPackages: {
    ...registryCases(() => ({ query: '*' })),
    'limit is not a whole number above zero': () => ({ params: { query: '*', limit: 0 } }),
    'words given': search('APPLE red', ['team/one']),
    'query is * or blank': search(' ', ['team/one', 'team/two', 'team/three']),
    'limit given and more are found': search('*', ['team/one', 'team/three'], { limit: 2 }),
    'no limit given': search('*', ['team/one', 'team/two', 'team/three']),
    'nothing is found': search('old', []),
    'package pushed by another client a moment ago': search('fruit tags', ['team/two']),
  },
  packageInfo: {
    ...nameCases(after(named)),
    ...registryCases(after(named)),
    ...revisionCases(after(named)),
    'metadata was not given, or is null': async (bench) => ({
      params: await after(named)(bench),
      holds: ({ metadata }: Info) => metadata === null,
    }),
    'metadata is an empty object': async (bench) => {
      const absent = await bench.push({});
      const empty = await bench.push({ metadata: {} });
      return { params: named(bench), holds: ({ metadata, topHash }: Info) => same(metadata, {}) && topHash === empty && empty !== absent };
    },
    'metadata has tags': async (bench) => {
      await bench.push({ metadata: { tags: ['x', 1, null, 'y'] } });
      return { params: named(bench), holds: ({ tags }: Info) => same(tags, ['x', 'y']) };
    },
    'message was not given': async (bench) => {
      await bench.push({});
      return { params: named(bench), holds: ({ message }: Info) => message === null };
    },
    'pushed under a workflow': async (bench) => {
      workflow({ is_workflow_required: false })(bench);
      await bench.push({});
      return { params: named(bench), holds: ({ workflow: id }: Info) => id === null };
    },
    modified: async (bench) => {
      await two(bench);
      return { params: named(bench), holds: ({ modified }: Info) => modified === '@2' };
    },
    'one revision of several': async (bench) => {
      const { first } = await two(bench);
      return { params: { name: bench.name, hash: first }, holds: ({ topHash, message }: Info) => topHash === first && message === 'first' };
    },
  },
  listRevisions: {
    ...nameCases(after(named)),
    ...registryCases(after(named)),
    'package does not exist': () => ({ params: { name: 'team/none' } }),
    'several revisions': async (bench) => {
      const { first, second } = await two(bench);
      return {
        params: named(bench),
        holds: (found: readonly Info[]) =>
          same(
            found.map(({ topHash }) => topHash),
            [second, first],
          ) && found[0]?.metadata === null,
      };
    },
    'the same content was pushed twice': async (bench) => {
      const one = await bench.push({ message: 'm' });
      const other = await bench.push({ message: 'm' });
      return { params: named(bench), holds: (found: readonly Info[]) => one === other && found.length === 2 };
    },
    'pushed twice within one second': 'the model has no seconds: the harness keeps pushes of one package a second apart',
  },
  browse: {
    ...nameCases(after((bench) => ({ name: bench.name, path: '' }))),
    ...registryCases(after((bench) => ({ name: bench.name, path: '' }))),
    ...revisionCases(after((bench) => ({ name: bench.name, path: '' }))),
    "path is ''": async (bench) => ({
      params: await after((each) => ({ name: each.name, path: '' }))(bench),
      holds: (node: Node) =>
        node.path === '' && node.kind === 'directory' && node.size === 5 && node.metadata === null && same(children(node), ['a.csv', 'd']),
    }),
    'path of a directory, with or without one slash at its end': async (bench) => ({
      params: await after((each) => ({ name: each.name, path: 'd/' }))(bench),
      holds: (node: Node) => node.path === 'd' && node.size === 3 && node.physicalKey === null && same(children(node), ['d/b.csv']),
    }),
    'path of a file': async (bench) => ({
      params: await after((each) => ({ name: each.name, path: 'a.csv' }))(bench),
      holds: (node: Node) => node.kind === 'file' && node.children === null && node.size === 2,
    }),
    'nothing at the path': async (bench) => ({ params: await after((each) => ({ name: each.name, path: 'none' }))(bench) }),
    'path of a file with a slash at its end, or below a file': async (bench) => ({
      params: await after((each) => ({ name: each.name, path: 'a.csv/' }))(bench),
    }),
    'path begins with a slash, or has an empty, . or .. segment': async (bench) => ({
      params: await after((each) => ({ name: each.name, path: '/d' }))(bench),
    }),
    'entry metadata': async (bench) => {
      await bench.push({
        files: [
          { path: 'e', bytes: bytes(''), metadata: {} },
          { path: 'n', bytes: bytes('') },
        ],
      });
      return {
        params: { name: bench.name, path: '' },
        holds: (node: Node) =>
          same(
            node.children?.map(({ metadata }) => metadata),
            [{}, null],
          ),
      };
    },
    'package without entries': async (bench) => {
      await bench.push({});
      return { params: { name: bench.name, path: '' }, holds: (node: Node) => node.size === 0 && children(node).length === 0 };
    },
    'keys with spaces, plus, percent, question mark, hash sign, Unicode': async (bench) => {
      const key = 'o/a b+c%20d?e#f=ü.txt';
      await bench.push({ uris: [bench.put(key, 'odd')] });
      const holds = (node: Node) => node.path === key && node.physicalKey?.includes('/o/a%20b%2Bc%2520d%3Fe%23f%3D%C3%BC.txt?') === true;
      return { params: { name: bench.name, path: key }, holds };
    },
  },
  contentUrl: {
    ...nameCases(after((bench) => ({ name: bench.name, path: 'a.csv' }))),
    ...registryCases(after((bench) => ({ name: bench.name, path: 'a.csv' }))),
    ...revisionCases(after((bench) => ({ name: bench.name, path: 'a.csv' }))),
    "path is ''": (bench) => ({ params: { name: bench.name, path: '' } }),
    'path of a directory': async (bench) => ({ params: await after((each) => ({ name: each.name, path: 'd' }))(bench) }),
    'nothing at the path': async (bench) => ({ params: await after((each) => ({ name: each.name, path: 'none' }))(bench) }),
    'path of a file': async (bench) => ({
      params: await after((each) => ({ name: each.name, path: 'a.csv' }))(bench),
      holds: ({ url }: { url: string }) => bench.oracle.download(url).status === 200 && bench.oracle.download(url).size === 2,
    }),
    'fetched after its end': async (bench) => ({
      params: await after((each) => ({ name: each.name, path: 'a.csv' }))(bench),
      holds: ({ url }: { url: string }) => {
        bench.tenant.advance(3_601);
        return bench.oracle.download(url).status === 403;
      },
    }),
  },
  diff: {
    ...nameCases(after((bench) => ({ name: bench.name, from: 'latest', to: 'latest' }))),
    ...registryCases(after((bench) => ({ name: bench.name, from: 'latest', to: 'latest' }))),
    'package does not exist, or no revision has `from`': (bench) => ({ params: { name: bench.name, from: 'latest', to: 'latest' } }),
    'no revision has `to`': async (bench) => ({
      params: await after((each) => ({ name: each.name, from: 'latest', to: 'f'.repeat(64) }))(bench),
    }),
    'key only in `to`, only in `from`': async (bench) => {
      const [from, to] = [await bench.push({ uris: [bench.put('x', '1')] }), await bench.push({ uris: [bench.put('y', '1')] })];
      return {
        params: { name: bench.name, from, to },
        holds: (value: unknown) => same(value, { added: ['y'], modified: [], deleted: ['x'] }),
      };
    },
    'size, hash or metadata of an entry changed': async (bench) => {
      const file = (metadata?: object) => [{ path: 'f', bytes: bytes('1'), ...(metadata && { metadata }) }];
      const [from, to] = [await bench.push({ files: file() }), await bench.push({ files: file({}) })];
      return {
        params: { name: bench.name, from, to },
        holds: (value: unknown) => same(value, { added: [], modified: ['f'], deleted: [] }),
      };
    },
    'only the physical key changed': async (bench) => {
      const from = await bench.push({ uris: [bench.put('p/x', '1')], organise: false, message: 'one' });
      const to = await bench.push({ uris: [bench.put('q/x', '1')], organise: false, message: 'two' });
      return { params: { name: bench.name, from, to }, holds: (value: unknown) => same(value, { added: [], modified: [], deleted: [] }) };
    },
    'the same revision twice': async (bench) => ({
      params: await after((each) => ({ name: each.name, from: 'latest', to: 'latest' }))(bench),
      holds: (value: unknown) => same(value, { added: [], modified: [], deleted: [] }),
    }),
  },
  createRevision: {
    ...pushCases(named),
    'metadata not given': async (bench) => ({
      params: named(bench),
      holds: async (_: never, each) => (await info(each)).metadata === null,
    }),
    'metadata is {}': async (bench) => ({
      params: { ...named(bench), metadata: {} },
      holds: async (_: never, each) => same((await info(each)).metadata, {}),
    }),
    'neither uris nor files': async (bench) => ({ params: named(bench), holds: ({ totalEntries }: Info) => totalEntries === 0 }),
    'package exists': async (bench) => ({
      params: { ...(await after(named)(bench)), uris: [bench.put('only', '1')] },
      holds: async (_: never, each) =>
        same(children(await browse(each, '')), ['only']) && (await each.run<unknown[]>('listRevisions', named(each))).length === 3,
    }),
    'the same content again': async (bench) => {
      const hash = await bench.push({ message: 'm' });
      return { params: { ...named(bench), message: 'm' }, holds: ({ topHash }: Info) => topHash === hash };
    },
  },
  updateRevision: {
    ...pushCases(after(named)),
    'package does not exist': () => ({ params: { name: 'team/none' } }),
    'a new key is a directory of the package, or below one of its files': async (bench) => ({
      params: { ...(await after(named)(bench)), uris: [bench.put('d', '1')] },
    }),
    'entries that are not named': async (bench) => ({
      params: { ...(await after(named)(bench)), uris: [bench.put('a.csv', 'changed')] },
      holds: async (_: never, each) =>
        same((await browse(each, 'd/b.csv')).metadata, { kind: 'b' }) && (await browse(each, 'a.csv')).size === 7,
    }),
    'an entry of the same logical key': async (bench) => ({
      params: { ...(await after(named)(bench)), uris: [bench.put('d/b.csv', 'changed')] },
      holds: async (_: never, each) => (await browse(each, 'd/b.csv')).metadata === null,
    }),
    'copy is true': async (bench) => ({
      params: { ...(await after(named)(bench)), copy: true },
      holds: async (_: never, each) => (await browse(each, 'a.csv')).physicalKey?.includes(`/${each.name}/a.csv?`) === true,
    }),
    'metadata not given': async (bench) => {
      await bench.push({ metadata: { k: null } });
      return { params: named(bench), holds: async (_: never, each) => same((await info(each)).metadata, { k: null }) };
    },
    'metadata given': async (bench) => {
      await bench.push({ metadata: { keep: { x: 1 }, change: { x: 1, y: 2 }, drop: 1 } });
      const holds = async (_: never, each: Bench) => same((await info(each)).metadata, { keep: { x: 1 }, change: { x: 3 }, drop: null });
      return { params: { ...named(bench), metadata: { change: { x: 3 }, drop: null } }, holds };
    },
    'metadata given where there was none, or no object': async (bench) => {
      await bench.push({});
      return { params: { ...named(bench), metadata: {} }, holds: async (_: never, each) => same((await info(each)).metadata, {}) };
    },
    'neither uris, files nor metadata': async (bench) => ({
      params: await after(named)(bench),
      holds: async ({ totalEntries }: Info, each: Bench) =>
        totalEntries === 2 && (await each.run<unknown[]>('listRevisions', named(each))).length === 3,
    }),
  },
  deletePackage: {
    ...nameCases(named),
    ...registryCases(named),
    'no hash, package does not exist': () => ({ params: { name: 'team/none' } }),
    'no hash': async (bench) => ({
      params: await after(named)(bench),
      holds: async (_: never, each) => {
        const kept = each.tenant.count(each.bucket, '.quilt/packages/') === 2 && each.tenant.count(each.bucket, `${each.name}/`) === 1;
        return (
          kept && each.tenant.count(each.bucket, '.quilt/named_packages/') === 0 && (await each.run<string[]>('listPackages')).length === 0
        );
      },
    }),
    'no revision has the hash, or package does not exist': async (bench) => ({
      params: { ...(await after(named)(bench)), hash: 'f'.repeat(64) },
    }),
    'first 6 to 63 digits of a hash': async (bench) => ({ params: { ...named(bench), hash: (await two(bench)).first.slice(0, 8) } }),
    'hash of latest, or the tag latest, and others remain': async (bench) => {
      const { first } = await two(bench);
      return { params: { ...named(bench), hash: 'latest' }, holds: async (_: never, each) => (await info(each)).topHash === first };
    },
    'hash of an earlier revision': async (bench) => {
      const { first, second } = await two(bench);
      return { params: { ...named(bench), hash: first }, holds: async (_: never, each) => (await info(each)).topHash === second };
    },
    'hash that was pushed twice': async (bench) => {
      const { first } = await two(bench);
      const twice = await bench.push({ message: 'm' });
      await bench.push({ message: 'between' });
      await bench.push({ message: 'm' });
      const holds = async (_: never, each: Bench) => {
        const left = await each.run<Info[]>('listRevisions', named(each));
        return left.length === 3 && left[0]?.message === 'between' && left.at(-1)?.topHash === first;
      };
      return { params: { ...named(bench), hash: twice }, holds };
    },
    'hash of the only revision': async (bench) => {
      const hash = await bench.push({});
      return {
        params: { ...named(bench), hash },
        holds: async (_: never, each) => (await each.run<string[]>('listPackages')).length === 0,
      };
    },
    'caller may only read the bucket': async (bench) => {
      const params = await after(named)(bench);
      await bench.run('admin.users.setRole', { name: 'user', role: 'DataReaders' });
      return { params, settings: bench.tenant.settingsOf('user') };
    },
  },
};
