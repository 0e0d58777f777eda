/** Constraints that a later revision brings: how many rows of today break each, and a row made to break it. */
import { type Sql, SqlError } from '../../backends/wire/postgres.ts';
import type { ColumnShape, SchemaShape } from './schema-shape.ts';
import { candidatesOf } from './values-of-type.ts';

/** One constraint that is to come, on tables and columns that are there. */
export interface NewConstraint {
  readonly name: string;
  /** `connections.user_id must refer to users.id`. */
  readonly demands: string;
  /** Counts rows that break it; changes nothing. */
  breaking(sql: Sql): Promise<number>;
  /** Changes one row so that it breaks it; false where today's schema does not let it. */
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
      const joined = columns.map((column, at) => `p.${quote(parentColumns[at] ?? '')} = c.${quote(column)}`).join(' AND ');
      const there = columns.map((column) => `c.${quote(column)} IS NOT NULL`).join(' AND ');
      return {
        name: constraint,
        demands: `${table}.${columns.join(', ')} must refer to a row of ${parent}`,
        breaking: (sql) => count(sql, `FROM ${table} c WHERE ${there} AND NOT EXISTS (SELECT FROM ${parent} p WHERE ${joined})`),
        breakOne: (sql) => change(sql, table, columns, (column) => orphanOf(columnOf(table, column))),
      };
    });
  const unique = later.unique
    .filter(({ table, columns }) => has(table, columns))
    .filter((set) => !now.unique.some((old) => old.table === set.table && same([...old.columns].sort(), [...set.columns].sort())))
    .map(({ name, table, columns }): NewConstraint => {
      const list = columns.map(quote).join(', ');
      const there = columns.map((column) => `${quote(column)} IS NOT NULL`).join(' AND ');
      return {
        name: name.replace(/^.*\./, ''),
        demands: `no two rows of ${table} may have the same ${columns.join(', ')}`,
        breaking: (sql) => count(sql, `FROM (SELECT FROM ${table} WHERE ${there} GROUP BY ${list} HAVING count(*) > 1) twice`),
        breakOne: (sql) =>
          change(sql, table, columns, (column) => `(SELECT ${quote(column)} FROM ${table} WHERE ${there} ORDER BY ctid LIMIT 1)`),
      };
    });
  const required = later.tables.flatMap(({ name: table, columns }) =>
    columns
      .filter(({ name, notNull }) => notNull && columnOf(table, name)?.notNull === false)
      .map(
        ({ name }): NewConstraint => ({
          name: `${table.replace(/^.*\./, '')}.${name}`,
          demands: `${table}.${name} must not be null`,
          breaking: (sql) => count(sql, `FROM ${table} WHERE ${quote(name)} IS NULL`),
          breakOne: (sql) => change(sql, table, [name], () => 'NULL'),
        }),
      ),
  );
  const checks = later.checks
    .filter(({ table, columns }) => has(table, columns))
    .filter((check) => !now.checks.some((old) => old.table === check.table && old.expression === check.expression))
    .map(
      ({ name, table, expression, columns }): NewConstraint => ({
        name,
        demands: `${table} must be so: ${expression}`,
        breaking: (sql) => count(sql, `FROM ${table} WHERE NOT (${expression})`),
        async breakOne(sql) {
          for (const column of columns) {
            const shape = columnOf(table, column);
            if (shape === undefined) continue;
            // A value that no list of values has comes first.
            for (const value of ['crosscheck', ...candidatesOf(shape, 0)]) {
              const literal = `'${value.replaceAll("'", "''")}'::${shape.type}`;
              if (!(await change(sql, table, [column], () => literal))) continue;
              if ((await count(sql, `FROM ${table} WHERE NOT (${expression})`)) > 0) return true;
            }
          }
          return false;
        },
      }),
    );
  return [...foreign, ...unique, ...required, ...checks].filter(({ name }) => !guaranteed.includes(name));
}

async function count(sql: Sql, from: string): Promise<number> {
  const [row] = await sql.query<{ n: number }>(`SELECT count(*)::int AS n ${from}`);
  return row?.n ?? 0;
}

/** Changes the last row; false where it cannot be. */
async function change(sql: Sql, table: string, columns: readonly string[], valueFor: (column: string) => string | null): Promise<boolean> {
  const sets = columns.map((column) => ({ column, value: valueFor(column) }));
  if (sets.some(({ value }) => value === null)) return false;
  try {
    const set = sets.map(({ column, value }) => `${quote(column)} = ${value}`).join(', ');
    const rows = await sql.query(`UPDATE ${table} SET ${set} WHERE ctid = (SELECT max(ctid) FROM ${table}) RETURNING 1`);
    return rows.length > 0;
  } catch (error) {
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

const quote = (name: string) => `"${name.replaceAll('"', '""')}"`;
