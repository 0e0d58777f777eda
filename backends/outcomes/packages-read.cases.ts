/** The rows of finding and reading packages, brought about in the model. */
import type { Bench, Params } from './model-bench.ts';
import { after, bytes, children, type Info, type Node, named, same, two, workflow } from './package-bench.ts';
import { nameCases, type RowCase, registryCases, revisionCases, type Setups } from './row-case.ts';

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

export const packageReadCases: Readonly<Record<string, Setups>> = {
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
};
