/** The rows of a database as one digest a table, so that two states are compared without keeping either. */
import { type Sql, SqlError } from '../../backends/wire/sql.ts';
import type { Catalogue } from './catalogue.ts';

interface TableDigest {
  readonly rows: number;
  readonly digest: string;
}

/** Table → its digest; null where the database has no such table, or not all of its columns. */
export type RowDigests = ReadonlyMap<string, TableDigest | null>;

/** SQLSTATEs of undefined_table and undefined_column. */
const GONE = new Set(['42P01', '42703']);

/** Digests of all tables of the catalogue but those left out, without some columns (`public.users.id`). Rows are compared as sets: no table has an order. */
export async function digestRows(
  sql: Sql,
  catalogue: Catalogue,
  leftOut: readonly string[],
  without: ReadonlySet<string> = new Set(),
): Promise<RowDigests> {
  const digests = new Map<string, TableDigest | null>();
  for (const { kind, name, facts } of catalogue.values()) {
    // A partitioned table has the rows of its parts.
    if (kind !== 'table' || leftOut.includes(name) || facts['form'] === 'p') continue;
    const columns = [...catalogue.values()].filter((entry) => entry.kind === 'column' && entry.table === name && !without.has(entry.name));
    digests.set(
      name,
      await digestTable(
        sql,
        name,
        columns.map((column) => column.name.slice(name.length + 1)),
      ),
    );
  }
  return digests;
}

/** Of these columns by name: their order and those that another revision adds say nothing of the rows. All names are quoted already where SQL wants it. */
async function digestTable(sql: Sql, table: string, columns: readonly string[]): Promise<TableDigest | null> {
  const lines =
    columns.length === 0
      ? `SELECT '' AS line FROM ${table}`
      : `SELECT to_jsonb(r)::text AS line FROM (SELECT ${columns.join(', ')} FROM ${table}) r`;
  try {
    const [found] = await sql.query<{ rows: number; digest: string }>(
      `SELECT count(*)::int AS rows, md5(coalesce(string_agg(line, E'\\n' ORDER BY line COLLATE "C"), '')) AS digest FROM (${lines}) lines`,
    );
    return found ?? null;
  } catch (error) {
    if (error instanceof SqlError && GONE.has(error.code)) return null;
    throw error;
  }
}

/** What differs between two states of rows: a line for each table. What is gone in either is a difference, since the catalogue that was digested has it. */
export function compareRows(before: RowDigests, after: RowDigests): readonly string[] {
  return [...before].flatMap(([table, then]) => {
    const now = after.get(table);
    if (then === null) return [`${table}: no such table or column`];
    if (now === undefined || now === null) return [`${table}: ${then.rows} rows, then no such table or column`];
    if (now.rows !== then.rows) return [`${table}: ${then.rows} rows, then ${now.rows}`];
    return now.digest === then.digest ? [] : [`${table}: ${then.rows} rows, of which some have other values now`];
  });
}
