/** Tabulator: tables over the packages of a bucket, and whether anyone may query them. */
import { z } from 'zod';
import { ask } from './ask.ts';
import { rejectBlank } from './blank.ts';
import { type Call, errorOf, type Topic } from './call.ts';
import { type Document, document } from './documents.ts';
import { failureError, invalidInput, type Meanings, operationError } from './failures.ts';

const bucketTables = z.object({ name: z.string(), tabulatorTables: z.array(z.object({ name: z.string(), config: z.string() })) });
const openQuery = z.object({ tabulatorOpenQuery: z.boolean() });
const result = z.discriminatedUnion('__typename', [
  bucketTables.extend({ __typename: z.literal('BucketConfig') }),
  invalidInput,
  operationError,
]);

const listTables = document('ListTables', { bucketConfig: bucketTables.nullable() });
const listTablesToChange = document('ListTablesToChange', { admin: openQuery, bucketConfig: bucketTables.nullable() });
const setTable = document('SetTable', { admin: z.object({ bucketSetTabulatorTable: result }) });
const renameTable = document('RenameTable', { admin: z.object({ bucketRenameTabulatorTable: result }) });
const getOpenQuery = document('GetOpenQuery', { admin: openQuery });
const setOpenQuery = document('SetOpenQuery', { admin: z.object({ setTabulatorOpenQuery: openQuery }) });

interface Table {
  readonly bucket: string;
  readonly table: string;
}

type Reading = Document<z.ZodType<{ bucketConfig: z.infer<typeof bucketTables> | null }>>;

/** Every table of a bucket; a NotFoundError when the stack has no such bucket. */
async function tablesOf(call: Call, reading: Reading, bucket: string) {
  const { bucketConfig } = await ask(call, reading, { bucket });
  if (bucketConfig === null) throw errorOf(call, 'NotFoundError', `bucket: expected ${bucket} in the stack, got none`, { bucket });
  return bucketConfig.tabulatorTables;
}

/** The table; a NotFoundError when there is none. */
async function tableOf(call: Call, reading: Reading, { bucket, table }: Table) {
  const found = (await tablesOf(call, reading, bucket)).find(({ name }) => name === table);
  if (found === undefined) {
    throw errorOf(call, 'NotFoundError', `table: expected ${JSON.stringify(table)} in ${bucket}, got none`, { bucket, subject: table });
  }
  return found;
}

function meaningsOf({ bucket, table }: Table, newName = ''): Meanings {
  return {
    BucketNotFound: ['NotFoundError', { bucket }],
    TabulatorTableNotFound: ['NotFoundError', { bucket, subject: table }],
    TabulatorTableExists: ['ConflictError', { bucket, subject: newName }],
  };
}

/** Sets or, with null, deletes a table; answers those that the bucket has then. */
async function write(call: Call, place: Table, config: string | null) {
  const answer = (await ask(call, setTable, { ...place, config })).admin.bucketSetTabulatorTable;
  if (answer.__typename !== 'BucketConfig') throw failureError(call, answer, meaningsOf(place));
  return answer.tabulatorTables;
}

/** The table of that name among those that a mutation answered. */
function among(call: Call, tables: z.infer<typeof bucketTables>['tabulatorTables'], name: string) {
  const found = tables.find((table) => table.name === name);
  if (found === undefined) {
    throw errorOf(call, 'BackendError', `tabulator: expected the table ${JSON.stringify(name)} in the answer, got none`, {
      code: 'broken-body',
    });
  }
  return found;
}

const placeOf = ({ bucket, table }: Table): Table => ({ bucket, table });

type TabulatorOperation = 'list' | 'get' | 'create' | 'update' | 'rename' | 'delete' | 'getOpenQuery' | 'setOpenQuery';

export const tabulator: Topic<`tabulator.${TabulatorOperation}`> = {
  'tabulator.list': { uses: [listTables], run: (call, { bucket }) => tablesOf(call, listTables, bucket) },
  'tabulator.get': { uses: [listTables], run: (call, params) => tableOf(call, listTables, params) },
  'tabulator.create': {
    uses: [listTablesToChange, setTable],
    async run(call, params) {
      rejectBlank(call, { config: params.config });
      const { bucket, table } = params;
      const tables = await tablesOf(call, listTablesToChange, bucket);
      if (tables.some(({ name }) => name === table)) {
        throw errorOf(call, 'ConflictError', `table: expected none named ${JSON.stringify(table)}, got one`, { bucket, subject: table });
      }
      return among(call, await write(call, placeOf(params), params.config), table);
    },
  },
  'tabulator.update': {
    uses: [listTablesToChange, setTable],
    async run(call, params) {
      rejectBlank(call, { config: params.config });
      await tableOf(call, listTablesToChange, params);
      return among(call, await write(call, placeOf(params), params.config), params.table);
    },
  },
  'tabulator.rename': {
    uses: [renameTable],
    async run(call, params) {
      const { bucket, table, newName } = params;
      const answer = (await ask(call, renameTable, { bucket, table, newName })).admin.bucketRenameTabulatorTable;
      if (answer.__typename !== 'BucketConfig') throw failureError(call, answer, meaningsOf(params, newName));
      return among(call, answer.tabulatorTables, newName);
    },
  },
  'tabulator.delete': {
    uses: [listTablesToChange, setTable],
    async run(call, params) {
      await tableOf(call, listTablesToChange, params);
      await write(call, placeOf(params), null);
      return {};
    },
  },
  'tabulator.getOpenQuery': {
    uses: [getOpenQuery],
    run: async (call) => ({ enabled: (await ask(call, getOpenQuery)).admin.tabulatorOpenQuery }),
  },
  'tabulator.setOpenQuery': {
    uses: [setOpenQuery],
    run: async (call, { enabled }) => ({
      enabled: (await ask(call, setOpenQuery, { enabled })).admin.setTabulatorOpenQuery.tabulatorOpenQuery,
    }),
  },
};
