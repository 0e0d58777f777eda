/** Tabulator tables and the open query. */
import type { Json } from '../shapes.ts';
import { type Call, type Handlers, levelOf } from './call.ts';
import type { StackBucket } from './state.ts';
import { readYaml } from './yaml-subset.ts';

const NAME = /^[A-Za-z0-9_-]{1,255}$/;

type Tabulator = `tabulator.${'list' | 'get' | 'create' | 'update' | 'rename' | 'delete' | 'getOpenQuery' | 'setOpenQuery'}`;

export const tabulator: Handlers<Tabulator> = {
  'tabulator.list': (call, { bucket }) => [...tablesOf(call, bucket)].map(([name, config]) => ({ name, config })),

  'tabulator.get'(call, { bucket, table }) {
    return { name: table, config: existing(call, tablesOf(call, bucket), bucket, table) };
  },

  'tabulator.create'(call, { bucket, table, config }) {
    call.filled('config', config);
    const tables = tablesToChange(call, bucket);
    if (tables.has(table)) throw call.taken({ bucket, subject: table });
    if (!NAME.test(table)) throw call.wrong('table');
    checkConfig(call, config);
    tables.set(table, config);
    return { name: table, config };
  },

  'tabulator.update'(call, { bucket, table, config }) {
    call.filled('config', config);
    const tables = tablesToChange(call, bucket);
    existing(call, tables, bucket, table);
    checkConfig(call, config);
    tables.set(table, config);
    return { name: table, config };
  },

  'tabulator.rename'(call, { bucket, table, newName }) {
    const tables = tablesToChange(call, bucket);
    const config = existing(call, tables, bucket, table);
    if (!NAME.test(newName)) throw call.wrong('newName');
    if (tables.has(newName)) throw call.taken({ bucket, subject: newName });
    tables.delete(table);
    tables.set(newName, config);
    return { name: newName, config };
  },

  'tabulator.delete'(call, { bucket, table }) {
    const tables = tablesToChange(call, bucket);
    existing(call, tables, bucket, table);
    tables.delete(table);
    return {};
  },

  'tabulator.getOpenQuery': (call) => ({ enabled: call.admin().tenant.openQuery }),

  'tabulator.setOpenQuery'(call, { enabled }) {
    call.admin().tenant.openQuery = enabled;
    return { enabled };
  },
};

/** Tables of a bucket of the stack, to whoever may read it. */
function tablesOf(call: Call, bucket: string): StackBucket['tables'] {
  const { user, tenant } = call.user();
  const found = tenant.stack.get(bucket);
  if (found === undefined || levelOf(tenant, user, bucket) === null) throw call.missing({ bucket });
  return found.tables;
}

function tablesToChange(call: Call, bucket: string): StackBucket['tables'] {
  const found = call.admin().tenant.stack.get(bucket);
  if (found === undefined) throw call.missing({ bucket });
  return found.tables;
}

function existing(call: Call, tables: StackBucket['tables'], bucket: string, table: string): string {
  const config = tables.get(table);
  if (config === undefined) throw call.missing({ bucket, subject: table });
  return config;
}

const COLUMN_TYPES = 'BOOLEAN TINYINT SMALLINT INT BIGINT FLOAT DOUBLE STRING BINARY DATE TIMESTAMP'.split(' ');
const COLUMN_NAME = /^[a-z_][a-z0-9_]*$/;

/** Refuses what is no table: columns with a name and a type, a source of packages, a parser. */
function checkConfig(call: Call, config: string): void {
  const table = readYaml(config);
  if (!isRecord(table)) throw call.wrong('config');
  const { schema, source, parser } = table;
  const columns = Array.isArray(schema) ? schema : [];
  const names = columns.map((column: Json) =>
    isRecord(column) && COLUMN_TYPES.includes(String(column['type'])) ? String(column['name']) : '',
  );
  const isSound = names.every((name) => COLUMN_NAME.test(name)) && new Set(names).size === names.length;
  const hasSource =
    isRecord(source) &&
    source['type'] === 'quilt-packages' &&
    typeof source['package_name'] === 'string' &&
    typeof source['logical_key'] === 'string';
  const hasParser = isRecord(parser) && ['csv', 'parquet'].includes(String(parser['format']));
  if (columns.length === 0 || !isSound || !hasSource || !hasParser) throw call.wrong('config');
}

function isRecord(value: Json | undefined): value is { readonly [member: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
