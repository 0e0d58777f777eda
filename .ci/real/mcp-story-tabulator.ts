/** quilt-mcp: tabulator tables. */
import { type Stage, type StoryCall, same } from './mcp-story.ts';

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
    with: ({ line }) => ({ bucket: line.bucket }),
    effect: async ({ tables: got }, stage) =>
      same('tables', (got as { name: string }[]).map((one) => one.name).sort(), await tables(stage)),
  },
  {
    id: 'table-rename',
    tool: 'tabulator_table_rename',
    with: ({ line }) => ({ bucket_name: line.bucket, table_name: 'samples', new_table_name: 'renamed' }),
    effect: async (_, stage) => same('tables', await tables(stage), ['renamed']),
  },
  {
    id: 'table-delete',
    tool: 'tabulator_table_delete',
    with: ({ line }) => ({ bucket_name: line.bucket, table_name: 'renamed' }),
    effect: async (_, stage) => same('tables', await tables(stage), []),
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
