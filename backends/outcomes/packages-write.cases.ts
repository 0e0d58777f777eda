/** The rows of making and deleting revisions, brought about in the model. */
import type { Bench, Params } from './model-bench.ts';
import { after, browse, bytes, children, type Info, info, named, same, two, workflow } from './package-bench.ts';
import { nameCases, type RowCase, registryCases, type Setups } from './row-case.ts';

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

export const packageWriteCases: Readonly<Record<string, Setups>> = {
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
