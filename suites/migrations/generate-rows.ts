/** Rows for a schema that nobody here has seen: by its types, constraints and foreign keys, from a seed, so that a migration meets a database in use. */
import { quoteIdentifier, type Sql, SqlError } from '../../backends/wire/sql.ts';
import { type CheckConstraint, type ColumnShape, type ForeignKey, readShape, type TableShape, type UniqueSet } from './schema-shape.ts';
import { candidatesOf } from './values-of-type.ts';

/** What could not be filled: a table, and why. */
export interface Unfilled {
  readonly table: string;
  readonly why: string;
}

/** Rows a table gets; three show most of what one does not: a group, an order, a duplicate. */
const ROWS = 3;
/** Ways in which a row is tried, since a check may want what no type tells. */
const TRIES = 12;

export interface GenerateOptions {
  /** Tables that are left as they are. */
  readonly leftOut: readonly string[];
  /** Foreign keys and unique sets that are kept though this schema does not have them yet. */
  readonly alsoKeep?: {
    readonly foreignKeys: readonly ForeignKey[];
    readonly unique: readonly UniqueSet[];
    readonly checks: readonly CheckConstraint[];
    readonly notNull: ReadonlySet<string>;
  };
}

/** Fills every table that can be, parents first; answers those that could not. The rows are the same for the same schema. */
export async function generateRows(sql: Sql, { leftOut, alsoKeep }: GenerateOptions): Promise<readonly Unfilled[]> {
  const shape = await readShape(sql);
  const tables = shape.tables.filter(({ name }) => !leftOut.includes(name));
  const foreignKeys = [...shape.foreignKeys, ...(alsoKeep?.foreignKeys ?? []).filter((key) => hasColumns(shape.tables, key))];
  const unfilled: Unfilled[] = [];
  for (const table of inOrder(tables, foreignKeys)) {
    const keys = foreignKeys.filter((key) => key.table === table.name);
    const unique = [...table.unique, ...(alsoKeep?.unique ?? []).filter((set) => set.table === table.name).map(({ columns }) => columns)];
    const kept = (alsoKeep?.checks ?? []).filter((one) => one.table === table.name && hasAll(table, one.columns));
    let last = 'no row could be made';
    let made = 0;
    const seen = new Set<string>();
    for (let n = 0; n < ROWS * TRIES && made < ROWS; n++) {
      const row = await rowOf(sql, table, keys, made, Math.floor(n / ROWS), alsoKeep?.notNull ?? new Set());
      if (row === null) {
        last = `its parent ${keys.map(({ parent }) => parent).join(', ')} has no row that fits`;
        break;
      }
      if (unique.some((columns) => repeats(columns, row, seen))) continue;
      try {
        const broken = await insert(sql, table, row, kept);
        if (broken !== null) {
          last = broken;
          continue;
        }
        made++;
        for (const columns of unique) seen.add(keyOf(columns, row));
      } catch (error) {
        if (!(error instanceof SqlError)) throw error;
        last = error.message;
      }
    }
    if (made === 0) unfilled.push({ table: table.name, why: last });
  }
  return unfilled;
}

type Row = ReadonlyMap<string, string | null>;

const keyOf = (columns: readonly string[], row: Row) => JSON.stringify([columns, columns.map((column) => row.get(column) ?? null)]);

function repeats(columns: readonly string[], row: Row, seen: ReadonlySet<string>): boolean {
  return columns.every((column) => (row.get(column) ?? null) !== null) && seen.has(keyOf(columns, row));
}

function hasColumns(tables: readonly TableShape[], key: ForeignKey): boolean {
  const has = (name: string, columns: readonly string[]) => {
    const table = tables.find((one) => one.name === name);
    return table !== undefined && columns.every((column) => table.columns.some((one) => one.name === column));
  };
  return has(key.table, key.columns) && has(key.parent, key.parentColumns);
}

/** Parents before children; of a circle, whichever comes first. */
function inOrder(tables: readonly TableShape[], keys: readonly ForeignKey[]): readonly TableShape[] {
  const waiting = [...tables];
  const done = new Set<string>();
  const out: TableShape[] = [];
  while (waiting.length > 0) {
    const ready = waiting.findIndex(({ name }) =>
      keys.every(
        (key) => key.table !== name || key.parent === name || done.has(key.parent) || !waiting.some((one) => one.name === key.parent),
      ),
    );
    const [next] = waiting.splice(Math.max(ready, 0), 1);
    if (next === undefined) break;
    done.add(next.name);
    out.push(next);
  }
  return out;
}

/** One row, as texts; null where a parent that it must have has none. The `attempt` chooses among the candidates of each type. */
async function rowOf(
  sql: Sql,
  table: TableShape,
  keys: readonly ForeignKey[],
  index: number,
  attempt: number,
  mustHave: ReadonlySet<string>,
): Promise<Row | null> {
  const row = new Map<string, string | null>();
  for (const key of keys) {
    const columns = key.parentColumns.map((column) => `${quoteIdentifier(column)}::text`).join(', ');
    const parents = await sql.query<Record<string, string>>(`SELECT ${columns} FROM ${key.parent} ORDER BY 1 OFFSET ${index} LIMIT 1`);
    const parent = parents[0] ?? (await sql.query<Record<string, string>>(`SELECT ${columns} FROM ${key.parent} ORDER BY 1 LIMIT 1`))[0];
    for (const [at, column] of key.columns.entries()) {
      const shape = table.columns.find(({ name }) => name === column);
      if (parent === undefined) {
        if (shape?.notNull === true || mustHave.has(`${table.name}.${column}`)) return null;
        row.set(column, null);
      } else if (!row.has(column)) row.set(column, parent[key.parentColumns[at] ?? ''] ?? null);
    }
  }
  for (const column of table.columns) {
    if (row.has(column.name) || column.generated) continue;
    row.set(column.name, valueFor(column, index, attempt, mustHave.has(`${table.name}.${column.name}`)));
  }
  return row;
}

/** The last row has nothing where nothing may stand, so that a later NOT NULL meets it. */
function valueFor(column: ColumnShape, index: number, attempt: number, mustHave: boolean): string | null {
  if (!column.notNull && !mustHave && index === ROWS - 1 && attempt % 2 === 0) return null;
  const candidates = candidatesOf(column, index);
  return candidates[attempt % candidates.length] ?? null;
}

/** Puts a row in, unless it breaks one of the checks, which is then answered. */
async function insert(sql: Sql, table: TableShape, row: Row, checks: readonly CheckConstraint[]): Promise<string | null> {
  const columns = [...row.keys()];
  const values = columns.map((column, at) => {
    const type = table.columns.find(({ name }) => name === column)?.type ?? 'text';
    return `$${at + 1}::text::${type}`;
  });
  const what =
    columns.length === 0
      ? 'DEFAULT VALUES'
      : `(${columns.map(quoteIdentifier).join(', ')}) OVERRIDING SYSTEM VALUE VALUES (${values.join(', ')})`;
  await sql.query('BEGIN');
  try {
    await sql.query(`INSERT INTO ${table.name} ${what}`, [...row.values()]);
    for (const { name, expression } of checks) {
      const [broken] = await sql.query(`SELECT 1 FROM ${table.name} WHERE NOT (${expression}) LIMIT 1`);
      if (broken === undefined) continue;
      await sql.query('ROLLBACK');
      return `no row that keeps ${name}`;
    }
    await sql.query('COMMIT');
    return null;
  } catch (error) {
    await sql.query('ROLLBACK');
    throw error;
  }
}

const hasAll = ({ columns }: TableShape, names: readonly string[]) => names.every((name) => columns.some((one) => one.name === name));
