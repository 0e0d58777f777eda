/** Tabulator by quilt3.admin.tabulator in Python, which sets a table whether there is one or not: the rest is looked up first. */
import { z } from 'zod';
import type { PythonCall, PythonTopic } from './python-call.ts';

const tables = z.array(z.object({ name: z.string(), config: z.string() }));

interface Table {
  readonly bucket: string;
  readonly table: string;
}

function aboutTable({ bucket, table, newName }: Table & { readonly newName?: string }) {
  const conflicts = {
    BucketNotFound: { bucket },
    TabulatorTableNotFound: { bucket, subject: table },
    TabulatorTableExists: { bucket, ...(newName !== undefined && { subject: newName }) },
  };
  return { bucket, conflicts };
}

function list(call: PythonCall, bucket: string) {
  return call.ask({ bucket }, tables, { bucket }, 'tabulator.list');
}

async function find(call: PythonCall, { bucket, table }: Table) {
  const found = (await list(call, bucket)).find(({ name }) => name === table);
  if (found === undefined)
    throw call.refuse('NotFoundError', `table: expected ${JSON.stringify(table)}, got none`, { bucket, subject: table });
  return found;
}

async function set(call: PythonCall, place: Table, config: string | null): Promise<void> {
  const { bucket, table } = place;
  await call.ask({ bucket, table, config }, z.null(), aboutTable(place), 'tabulator.set');
}

/** Only an administrator may be told what there is to change. */
async function checkAdmin(call: PythonCall): Promise<void> {
  await call.ask({}, z.boolean(), {}, 'tabulator.getOpenQuery');
}

type TabulatorOperation = 'list' | 'get' | 'create' | 'update' | 'rename' | 'delete' | 'getOpenQuery' | 'setOpenQuery';

export const tabulator: PythonTopic<`tabulator.${TabulatorOperation}`> = {
  'tabulator.list': (call, { bucket }) => list(call, bucket),
  'tabulator.get': find,
  'tabulator.create': async (call, params) => {
    call.rejectBlank({ config: params.config });
    await checkAdmin(call);
    const { bucket, table } = params;
    if ((await list(call, bucket)).some(({ name }) => name === table)) {
      throw call.refuse('ConflictError', `table: expected none named ${JSON.stringify(table)}, got one`, { bucket, subject: table });
    }
    await set(call, params, params.config);
    return find(call, params);
  },
  'tabulator.update': async (call, params) => {
    call.rejectBlank({ config: params.config });
    await checkAdmin(call);
    await find(call, params);
    await set(call, params, params.config);
    return find(call, params);
  },
  'tabulator.rename': async (call, params) => {
    await call.ask(params, z.null(), aboutTable(params));
    return find(call, { bucket: params.bucket, table: params.newName });
  },
  'tabulator.delete': async (call, params) => {
    await checkAdmin(call);
    await find(call, params);
    await set(call, params, null);
    return {};
  },
  'tabulator.getOpenQuery': async (call) => ({ enabled: await call.ask({}, z.boolean()) }),
  'tabulator.setOpenQuery': async (call, { enabled }) => {
    await call.ask({ enabled }, z.null());
    return { enabled: await call.ask({}, z.boolean(), {}, 'tabulator.getOpenQuery') };
  },
};
