/** Tabulator tables of a bucket, and the open query of the stack. */
import { z } from 'zod';
import { document } from './document.ts';
import { invalidInput, operationError, refusal } from './failures.ts';
import { noBucket } from './not-found.ts';
import { type Client, type Topic, using } from './operation.ts';
import { rejectBlank } from './parameters.ts';

const tableRows = z.object({ tabulatorTables: z.array(z.object({ name: z.string(), config: z.string() })) });
const changed = z.object({
  admin: z.object({
    outcome: z.discriminatedUnion('__typename', [
      tableRows.extend({ __typename: z.literal('BucketConfig') }),
      invalidInput,
      operationError,
    ]),
  }),
});

const tables = document('Tables', z.object({ bucketConfig: tableRows.nullable() }));
const tablesToChange = document('TablesToChange', z.object({ bucketConfig: tableRows.nullable() }));
const setTable = document('SetTable', changed);
const renameTable = document('RenameTable', changed);
const openQuery = document('OpenQuery', z.object({ admin: z.object({ tabulatorOpenQuery: z.boolean() }) }));
const setOpenQuery = document(
  'SetOpenQuery',
  z.object({ admin: z.object({ setTabulatorOpenQuery: z.object({ tabulatorOpenQuery: z.boolean() }) }) }),
);

interface Place {
  readonly bucket: string;
  readonly table: string;
}

type Tables = z.infer<typeof tableRows>['tabulatorTables'];

function tablesOf(client: Client<never>, bucket: string, found: z.infer<typeof tableRows> | null): Tables {
  if (found === null) throw noBucket(client, bucket);
  return found.tabulatorTables;
}

function tableOf(client: Client<never>, rows: Tables, { bucket, table }: Place) {
  const row = rows.find(({ name }) => name === table);
  if (row === undefined) throw client.error('NotFoundError', `table: expected ${table} in ${bucket}, got none`, { bucket, subject: table });
  return { name: row.name, config: row.config };
}

async function readTables(client: Client<typeof tables>, bucket: string): Promise<Tables> {
  return tablesOf(client, bucket, (await client.ask(tables, { bucket })).bucketConfig);
}

/** The tables before a change, for which the schema has one mutation that sets: whether it makes, replaces or removes is for the client to find out. */
async function readToChange(client: Client<typeof tablesToChange>, bucket: string): Promise<Tables> {
  return tablesOf(client, bucket, (await client.ask(tablesToChange, { bucket })).bucketConfig);
}

/** The tables after a change; a refusal is thrown as what it means. */
function changedTables(
  client: Client<never>,
  { admin: { outcome } }: z.infer<typeof changed>,
  { bucket, table, newName }: Place & { newName?: string },
): Tables {
  if (outcome.__typename === 'BucketConfig') return outcome.tabulatorTables;
  throw refusal(client, outcome, {
    BucketNotFound: ['NotFoundError', { bucket }],
    TabulatorTableNotFound: ['NotFoundError', { bucket, subject: table }],
    TabulatorTableExists: ['ConflictError', { bucket, subject: newName ?? table }],
  });
}

async function set(client: Client<typeof setTable>, place: Place, config: string | null): Promise<Tables> {
  return changedTables(client, await client.ask(setTable, { ...place, config }), place);
}

export const tabulatorTopic: Topic<
  | 'tabulator.list'
  | 'tabulator.get'
  | 'tabulator.create'
  | 'tabulator.update'
  | 'tabulator.rename'
  | 'tabulator.delete'
  | 'tabulator.getOpenQuery'
  | 'tabulator.setOpenQuery'
> = {
  'tabulator.list': using([tables], async (client, { bucket }) =>
    (await readTables(client, bucket)).map(({ name, config }) => ({ name, config })),
  ),
  'tabulator.get': using([tables], async (client, { bucket, table }) =>
    tableOf(client, await readTables(client, bucket), { bucket, table }),
  ),
  'tabulator.create': using([tablesToChange, setTable], async (client, { bucket, table, config }) => {
    rejectBlank(client, { config });
    const isTaken = (await readToChange(client, bucket)).some(({ name }) => name === table);
    if (isTaken)
      throw client.error('ConflictError', `table: expected none named ${table} in ${bucket}, got one`, { bucket, subject: table });
    return tableOf(client, await set(client, { bucket, table }, config), { bucket, table });
  }),
  'tabulator.update': using([tablesToChange, setTable], async (client, { bucket, table, config }) => {
    rejectBlank(client, { config });
    tableOf(client, await readToChange(client, bucket), { bucket, table });
    return tableOf(client, await set(client, { bucket, table }, config), { bucket, table });
  }),
  'tabulator.rename': using([renameTable], async (client, { bucket, table, newName }) => {
    const answer = await client.ask(renameTable, { bucket, table, newName });
    return tableOf(client, changedTables(client, answer, { bucket, table, newName }), { bucket, table: newName });
  }),
  'tabulator.delete': using([setTable], async (client, { bucket, table }) => {
    await set(client, { bucket, table }, null);
    return {};
  }),
  'tabulator.getOpenQuery': using([openQuery], async (client) => ({ enabled: (await client.ask(openQuery)).admin.tabulatorOpenQuery })),
  'tabulator.setOpenQuery': using([setOpenQuery], async (client, { enabled }) => ({
    enabled: (await client.ask(setOpenQuery, { enabled })).admin.setTabulatorOpenQuery.tabulatorOpenQuery,
  })),
};
