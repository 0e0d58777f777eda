/** quilt-mcp: sign-in, buckets, packages, search. */
import { type Stage, type StoryCall, same } from './mcp-stage.ts';

const NAME = 'mcp/story';
const OTHER = 'mcp/other';
const uri = ({ registry }: Stage, key: string) => `${registry}/${key}`;
const records = (value: unknown) => (Array.isArray(value) ? (value as Record<string, unknown>[]) : []);

export const packageCalls: readonly StoryCall[] = [
  {
    id: 'auth-status',
    tool: 'get_resource',
    with: () => ({ uri: 'auth://status' }),
    effect: ({ data }) => same('status', (data as { status?: unknown } | undefined)?.status, 'authenticated'),
  },
  {
    id: 'catalog-configure',
    tool: 'catalog_configure',
    with: ({ catalogUrl }) => ({ catalog_url: catalogUrl }),
  },
  {
    id: 'bucket-list',
    tool: 'bucket_list',
    with: () => ({}),
    effect: ({ buckets }, { line, otherBucket }) =>
      same(
        'buckets',
        records(buckets)
          .map((one) => String(one['name']))
          .sort(),
        [line.bucket, otherBucket].sort(),
      ),
  },
  {
    id: 'objects-put',
    tool: 'bucket_objects_put',
    with: ({ line }) => ({
      bucket: line.bucket,
      items: [
        { key: 'in/a.csv', text: 'x,y\n1,2\n', content_type: 'text/csv' },
        { key: 'in/ü +.txt', text: 'Größe' },
        { key: 'in/b.csv', text: 'x,y\n3,4\n' },
      ],
    }),
    effect: ({ uploaded }) => same('uploaded', uploaded, 3),
  },
  {
    id: 'objects-list',
    tool: 'bucket_objects_list',
    with: ({ line }) => ({ bucket: line.bucket, prefix: 'in/' }),
    effect: ({ objects }) =>
      same(
        'keys',
        records(objects)
          .map(({ key }) => key)
          .sort(),
        ['in/a.csv', 'in/b.csv', 'in/ü +.txt'],
      ),
  },
  {
    id: 'object-text',
    tool: 'bucket_object_text',
    with: (stage) => ({ s3_uri: uri(stage, 'in/a.csv') }),
    effect: ({ text }) => same('text', text, 'x,y\n1,2\n'),
  },
  {
    id: 'object-link',
    tool: 'bucket_object_link',
    with: (stage) => ({ s3_uri: uri(stage, 'in/a.csv') }),
    async effect({ signed_url }) {
      const answer = await fetch(String(signed_url));
      return [...same('status of the link', answer.status, 200), ...same('its bytes', await answer.text(), 'x,y\n1,2\n')];
    },
  },
  {
    id: 'package-create',
    tool: 'package_create',
    with: (stage) => ({
      package_name: NAME,
      registry: stage.registry,
      s3_uris: [uri(stage, 'in/a.csv'), uri(stage, 'in/ü +.txt')],
      metadata: { owner: 'lab', größe: [1, 2.5, null] },
      message: 'première',
    }),
    async effect({ top_hash }, { truth, hashes }) {
      hashes.push(String(top_hash));
      const { topHash, metadata, message, totalEntries } = await truth.packageInfo({ name: NAME });
      return [
        ...same('top hash', top_hash, topHash),
        ...same('metadata', metadata, { owner: 'lab', größe: [1, 2.5, null] }),
        ...same('message', message, 'première'),
        ...same('entries', totalEntries, 2),
      ];
    },
  },
  {
    id: 'package-browse',
    tool: 'package_browse',
    with: ({ registry }) => ({ package_name: NAME, registry }),
    effect: ({ entries }) =>
      same(
        'keys',
        records(entries)
          .map((one) => one['logical_key'])
          .sort(),
        ['a.csv', 'ü +.txt'],
      ),
  },
  {
    id: 'package-browse-info',
    tool: 'package_browse',
    with: ({ registry }) => ({ package_name: NAME, registry, include_file_info: true, include_signed_urls: true }),
    effect: ({ entries }) =>
      records(entries).flatMap((one) =>
        String(one['physical_key']).startsWith('s3://')
          ? []
          : [`physical key of ${one['logical_key']}: expected one, got ${JSON.stringify(one)}`],
      ),
  },
  {
    id: 'package-browse-missing',
    tool: 'package_browse',
    with: ({ registry }) => ({ package_name: 'mcp/none', registry }),
    refuses: ['mcp/none'],
  },
  {
    id: 'search-packages',
    tool: 'search_catalog',
    with: ({ line }) => ({ query: 'story', scope: 'package', bucket: line.bucket }),
    effect: ({ results }) =>
      JSON.stringify(results ?? null).includes(NAME) ? [] : [`results: expected ${NAME}, got ${JSON.stringify(results)}`],
  },
  {
    id: 'search-files',
    tool: 'search_catalog',
    with: ({ line }) => ({ query: 'a.csv', scope: 'file', bucket: line.bucket }),
    effect: ({ results }) =>
      JSON.stringify(results ?? null).includes('in/a.csv') ? [] : [`results: expected in/a.csv, got ${JSON.stringify(results)}`],
  },
  {
    id: 'package-update',
    tool: 'package_update',
    // Two revisions within one second share a pointer.
    prepare: () => new Promise((resolve) => setTimeout(resolve, 1_000 - (Date.now() % 1_000))),
    with: (stage) => ({
      package_name: NAME,
      registry: stage.registry,
      s3_uris: [uri(stage, 'in/b.csv')],
      metadata: { owner: 'two' },
      message: 'second',
    }),
    async effect({ top_hash }, { truth, hashes }) {
      hashes.push(String(top_hash));
      const { topHash, metadata, message, totalEntries } = await truth.packageInfo({ name: NAME });
      return [
        ...same('top hash', top_hash, topHash),
        ...same('metadata', metadata, { owner: 'two', größe: [1, 2.5, null] }),
        ...same('message', message, 'second'),
        ...same('entries', totalEntries, 3),
      ];
    },
  },
  {
    id: 'package-update-url',
    tool: 'package_update',
    with: (stage) => ({ package_name: 'mcp/linked', registry: stage.registry, s3_uris: [uri(stage, 'in/b.csv')] }),
    async prepare({ truth, line }) {
      await truth.createRevision({ name: 'mcp/linked', uris: [`s3://${line.bucket}/in/a.csv`], message: 'made past quilt-mcp' });
    },
    async effect({ package_url }, { truth, catalogUrl }) {
      await truth.deletePackage({ name: 'mcp/linked' });
      return same('host of the package URL', new URL(String(package_url)).hostname, new URL(catalogUrl).hostname);
    },
  },
  {
    id: 'package-diff',
    tool: 'package_diff',
    with: ({ registry, hashes }) => ({
      package1_name: NAME,
      package2_name: NAME,
      registry,
      package1_hash: hashes[0] ?? '',
      package2_hash: hashes[1] ?? '',
    }),
    effect({ diff }) {
      const { added, modified, deleted } = diff as Record<string, unknown>;
      return [...same('added', added, ['b.csv']), ...same('modified', modified ?? [], []), ...same('deleted', deleted, [])];
    },
  },
  {
    id: 'objects-put-elsewhere',
    tool: 'bucket_objects_put',
    with: ({ otherBucket }) => ({ bucket: otherBucket, items: [{ key: 'out/c.csv', text: 'x,y\n5,6\n' }] }),
    effect: ({ uploaded }) => same('uploaded', uploaded, 1),
  },
  {
    id: 'package-create-copy',
    tool: 'package_create',
    with: (stage) => ({ package_name: OTHER, registry: stage.registry, s3_uris: [`s3://${stage.otherBucket}/out/c.csv`], copy: true }),
    async effect(_, { truth, line }) {
      const entry = await truth.browse({ name: OTHER, path: 'c.csv' });
      const key = String((entry as { physicalKey?: unknown }).physicalKey);
      return key.startsWith(`s3://${line.bucket}/${OTHER}/`) ? [] : [`physical key of a copy: expected one below ${OTHER}/, got ${key}`];
    },
  },
  {
    id: 'package-delete',
    tool: 'package_delete',
    with: ({ registry }) => ({ package_name: OTHER, registry }),
    effect: async (_, { truth }) => same('packages', [...(await truth.listPackages({}))], [NAME]),
  },
  {
    id: 'catalog-url',
    tool: 'catalog_url',
    with: ({ registry, catalogUrl }) => ({ registry, package_name: NAME, catalog_host: new URL(catalogUrl).host }),
    effect: ({ catalog_url }, { line }) =>
      String(catalog_url).includes(`/b/${line.bucket}/packages/${NAME}`) ? [] : [`URL: expected one of the package, got ${catalog_url}`],
  },
];
