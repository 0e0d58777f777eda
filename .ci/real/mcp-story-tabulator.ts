/** quilt-mcp: tabulator tables. */
import { type Stage, type StoryCall, same } from './mcp-stage.ts';

const TABLE =
  'schema: [{name: x, type: STRING}]\nsource: {type: quilt-packages, package_name: "^mcp/.*$", logical_key: "^.*[.]csv$"}\nparser: {format: csv, header: true}\n';

const tables = async ({ truth, line }: Stage) => (await truth.tabulator.list({ bucket: line.bucket })).map((one) => one.name).sort();

export const tabulatorCalls: readonly StoryCall[] = [
  {
    id: 'table-create',
    tool: 'tabulator_table_create',
    with: ({ line }) => ({
      bucket_name: line.bucket,
      table_name: 'samples',
      schema: [{ name: 'x', type: 'STRING' }],
      package_pattern: '^mcp/.*$',
      logical_key_pattern: '^(?<run>[^/]+)[.]csv$',
    }),
    effect: async (_, stage) => same('tables', await tables(stage), ['samples']),
  },
  {
    id: 'tables-list',
    tool: 'tabulator_tables_list',
    async prepare({ truth, line }) {
      await truth.tabulator.create({ bucket: line.bucket, table: 'given', config: TABLE });
    },
    with: ({ line }) => ({ bucket: line.bucket }),
    effect: async ({ tables: got }, stage) =>
      same('tables', (got as { name: string }[]).map((one) => one.name).sort(), await tables(stage)),
  },
  {
    id: 'table-rename',
    tool: 'tabulator_table_rename',
    with: ({ line }) => ({ bucket_name: line.bucket, table_name: 'given', new_table_name: 'renamed' }),
    effect: async (_, stage) => same('tables', await tables(stage), ['renamed', 'samples']),
  },
  {
    id: 'table-delete',
    tool: 'tabulator_table_delete',
    async prepare({ truth, line }) {
      await truth.tabulator.create({ bucket: line.bucket, table: 'unwanted', config: TABLE });
    },
    with: ({ line }) => ({ bucket_name: line.bucket, table_name: 'unwanted' }),
    effect: async (_, stage) => same('a table of that name', (await tables(stage)).includes('unwanted'), false),
  },
  {
    id: 'open-query-set',
    tool: 'admin_tabulator_open_query_set',
    with: () => ({ enabled: true }),
    effect: async (_, { truth }) => same('open query', (await truth.tabulator.getOpenQuery()).enabled, true),
  },
  {
    id: 'open-query-get',
    tool: 'get_resource',
    with: () => ({ uri: 'admin://config/tabulator' }),
    effect: async ({ data }, { truth }) =>
      same(
        'open query',
        (data as { open_query_enabled?: unknown } | undefined)?.open_query_enabled,
        (await truth.tabulator.getOpenQuery()).enabled,
      ),
  },
];
