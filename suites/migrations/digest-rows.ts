/** The rows of a database as one digest a table, so that two states are compared without keeping either. */
import type { Sql } from '../../backends/wire/postgres.ts';
import type { Catalogue } from './catalogue.ts';

/** Table → its digest. */
export type RowDigests = ReadonlyMap<string, { readonly rows: number; readonly digest: string }>;

/** Digests of all tables of the catalogue but those left out, without some columns (`public.users.id`). Rows are compared as sets: no table has an order. */
export async function digestRows(
  sql: Sql,
  catalogue: Catalogue,
  leftOut: readonly string[],
  without: ReadonlySet<string> = new Set(),
): Promise<RowDigests> {
  const digests = new Map<string, { rows: number; digest: string }>();
  for (const { kind, name, facts } of catalogue.values()) {
    // A partitioned table has the rows of its parts.
    if (kind !== 'table' || leftOut.includes(name) || facts['form'] === 'p') continue;
    const columns = [...catalogue.values()].filter((entry) => entry.kind === 'column' && entry.table === name && !without.has(entry.name));
    // The columns by name: their order and those that another revision adds say nothing of the rows.
    const list = columns.map((column) => `"${column.name.slice(name.length + 1).replaceAll(/^"|"$/g, '')}"`).join(', ');
    const lines =
      columns.length === 0 ? `SELECT '' AS line FROM ${name}` : `SELECT to_jsonb(r)::text AS line FROM (SELECT ${list} FROM ${name}) r`;
    const [found] = await sql.query<{ rows: number; digest: string }>(
      `SELECT count(*)::int AS rows, md5(coalesce(string_agg(line, E'\\n' ORDER BY line COLLATE "C"), '')) AS digest FROM (${lines}) lines`,
    );
    if (found !== undefined) digests.set(name, found);
  }
  return digests;
}

/** What differs between two states of rows: a line for each table. */
export function compareRows(before: RowDigests, after: RowDigests): readonly string[] {
  return [...before].flatMap(([table, { rows, digest }]) => {
    const now = after.get(table);
    if (now === undefined) return [`${table}: ${rows} rows, then no table`];
    if (now.rows !== rows) return [`${table}: ${rows} rows, then ${now.rows}`];
    return now.digest === digest ? [] : [`${table}: ${rows} rows, of which some have other values now`];
  });
}
