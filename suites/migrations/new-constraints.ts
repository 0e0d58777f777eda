/** Constraints that a later revision brings: how many rows of today break each, and a row made to break it. */
import { quoteIdentifier, type Sql, SqlError } from '../../backends/wire/sql.ts';
import type { ColumnShape, SchemaShape } from './schema-shape.ts';
import { candidatesOf } from './values-of-type.ts';

/** One constraint that is to come, on tables and columns that are there. */
export interface NewConstraint {
  readonly name: string;
  /** `connections.user_id must refer to users.id`. */
  readonly demands: string;
  /** Counts rows that break it; changes nothing. */
  breaking(sql: Sql): Promise<number>;
  /** Changes one row so that it breaks it; false, with all rows as they were, where today's schema does not let it. */
  breakOne(sql: Sql): Promise<boolean>;
}

/** What `later` demands and `now` does not, of what `now` has; those named in `guaranteed` aside. */
export function newConstraints(now: SchemaShape, later: SchemaShape, guaranteed: readonly string[]): readonly NewConstraint[] {
  const columnOf = (table: string, name: string) => now.tables.find((one) => one.name === table)?.columns.find((one) => one.name === name);
  const has = (table: string, columns: readonly string[]) =>
    columns.length > 0 && columns.every((name) => columnOf(table, name) !== undefined);
  const same = (a: readonly string[], b: readonly string[]) => a.join('\0') === b.join('\0');

  const foreign = later.foreignKeys
    .filter((key) => has(key.table, key.columns) && has(key.parent, key.parentColumns))
    .filter((key) => !now.foreignKeys.some((old) => old.table === key.table && same(old.columns, key.columns) && old.parent === key.parent))
    .map(({ constraint, table, columns, parent, parentColumns }): NewConstraint => {
      const joined = columns
        .map((column, at) => `p.${quoteIdentifier(parentColumns[at] ?? '')} = c.${quoteIdentifier(column)}`)
        .join(' AND ');
      const there = columns.map((column) => `c.${quoteIdentifier(column)} IS NOT NULL`).join(' AND ');
      const breaking = (sql: Sql) => count(sql, `FROM ${table} c WHERE ${there} AND NOT EXISTS (SELECT FROM ${parent} p WHERE ${joined})`);
      return {
        name: constraint,
        demands: `${table}.${columns.join(', ')} must refer to a row of ${parent}`,
        breaking,
        breakOne: (sql) => change(sql, table, columns, (column) => orphanOf(columnOf(table, column)), breaking),
      };
    });
  const unique = later.unique
    .filter(({ table, columns }) => has(table, columns))
    .filter((set) => !now.unique.some((old) => old.table === set.table && same([...old.columns].sort(), [...set.columns].sort())))
    .map(({ name, table, columns }): NewConstraint => {
      const list = columns.map(quoteIdentifier).join(', ');
      const there = columns.map((column) => `${quoteIdentifier(column)} IS NOT NULL`).join(' AND ');
      const breaking = (sql: Sql) => count(sql, `FROM (SELECT FROM ${table} WHERE ${there} GROUP BY ${list} HAVING count(*) > 1) twice`);
      const first = (column: string) => `(SELECT ${quoteIdentifier(column)} FROM ${table} WHERE ${there} ORDER BY ctid LIMIT 1)`;
      return {
        name: name.replace(/^.*\./, ''),
        demands: `no two rows of ${table} may have the same ${columns.join(', ')}`,
        breaking,
        breakOne: (sql) => change(sql, table, columns, first, breaking),
      };
    });
  const required = later.tables.flatMap(({ name: table, columns }) =>
    columns
      .filter(({ name, notNull }) => notNull && columnOf(table, name)?.notNull === false)
      .map(({ name }): NewConstraint => {
        const breaking = (sql: Sql) => count(sql, `FROM ${table} WHERE ${quoteIdentifier(name)} IS NULL`);
        return {
          name: `${table.replace(/^.*\./, '')}.${name}`,
          demands: `${table}.${name} must not be null`,
          breaking,
          breakOne: (sql) => change(sql, table, [name], () => 'NULL', breaking),
        };
      }),
  );
  const checks = later.checks
    .filter(({ table, columns }) => has(table, columns))
    .filter((check) => !now.checks.some((old) => old.table === check.table && old.expression === check.expression))
    .map(({ name, table, expression, columns }): NewConstraint => {
      const breaking = (sql: Sql) => count(sql, `FROM ${table} WHERE NOT (${expression})`);
      return {
        name,
        demands: `${table} must be so: ${expression}`,
        breaking,
        async breakOne(sql) {
          for (const column of columns) {
            const shape = columnOf(table, column);
            if (shape === undefined) continue;
            // A value that no list of values has comes first.
            for (const value of ['crosscheck', ...candidatesOf(shape, 0)]) {
              const literal = `'${value.replaceAll("'", "''")}'::${shape.type}`;
              if (await change(sql, table, [column], () => literal, breaking)) return true;
            }
          }
          return false;
        },
      };
    });
  return [...foreign, ...unique, ...required, ...checks].filter(({ name }) => !guaranteed.includes(name));
}

async function count(sql: Sql, from: string): Promise<number> {
  const [row] = await sql.query<{ n: number }>(`SELECT count(*)::int AS n ${from}`);
  return row?.n ?? 0;
}

/** Changes the last row, if then some row breaks the constraint; else false, and nothing is changed. */
async function change(
  sql: Sql,
  table: string,
  columns: readonly string[],
  valueFor: (column: string) => string | null,
  breaking: NewConstraint['breaking'],
): Promise<boolean> {
  const sets = columns.map((column) => ({ column, value: valueFor(column) }));
  if (sets.some(({ value }) => value === null)) return false;
  const set = sets.map(({ column, value }) => `${quoteIdentifier(column)} = ${value}`).join(', ');
  await sql.query('BEGIN');
  try {
    await sql.query(`UPDATE ${table} SET ${set} WHERE ctid = (SELECT max(ctid) FROM ${table})`);
    const isBroken = (await breaking(sql)) > 0;
    await sql.query(isBroken ? 'COMMIT' : 'ROLLBACK');
    return isBroken;
  } catch (error) {
    await sql.query('ROLLBACK');
    if (!(error instanceof SqlError)) throw error;
    return false;
  }
}

/** A value that no row of ours has; null for a type of which none is known. */
function orphanOf(column: ColumnShape | undefined): string | null {
  if (column === undefined) return null;
  if (/^(?:int[48]|numeric|float[48])$/.test(column.base)) return '987654';
  if (column.base === 'int2') return '9876';
  if (column.base === 'uuid') return `'ffffffff-ffff-4fff-bfff-ffffffffffff'::uuid`;
  return /^(?:text|varchar|bpchar)$/.test(column.base) ? `'nobody'::${column.type}` : null;
}
