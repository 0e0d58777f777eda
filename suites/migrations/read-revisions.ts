/** The revisions that a database keeps of itself; the one thing of migrations that is asked of a deployed one. */
import { quoteIdentifier, type Sql } from '../../backends/wire/sql.ts';

/** All of the table's rows, sorted; none where there is no such table. Reads only. */
export async function readRevisions(
  sql: Sql,
  { table, column }: { readonly table: string; readonly column: string },
): Promise<readonly string[]> {
  const quoted = table.split('.').map(quoteIdentifier).join('.');
  const [there] = await sql.query<{ there: boolean }>('SELECT to_regclass($1) IS NOT NULL AS there', [quoted]);
  if (there?.there !== true) return [];
  const rows = await sql.query<{ revision: string }>(`SELECT ${quoteIdentifier(column)}::text AS revision FROM ${quoted} ORDER BY 1`);
  return rows.map(({ revision }) => revision);
}
