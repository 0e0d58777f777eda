/** What rows of a schema must be like: columns with their types, what is unique, who refers to whom. */
import type { Sql } from '../../backends/wire/sql.ts';

export interface ColumnShape {
  readonly name: string;
  /** As `format_type` spells it, with its schema. */
  readonly type: string;
  /** The type below its domains: `text`, `int4`, `_text`; `enum` with `labels`. */
  readonly base: string;
  readonly notNull: boolean;
  /** True when the server gives the value: computed, an identity, or the next of a sequence. */
  readonly generated: boolean;
  readonly labels: readonly string[];
  /** Most characters, for varchar(n) and char(n). */
  readonly longest: number | null;
  /** Values that some check of the table lists for it, as texts. */
  readonly listed: readonly string[];
}

export interface TableShape {
  /** With its schema, quoted as SQL wants it. */
  readonly name: string;
  readonly columns: readonly ColumnShape[];
  /** Sets of columns that no two rows have alike. */
  readonly unique: readonly (readonly string[])[];
}

export interface UniqueSet {
  /** The index that keeps it. */
  readonly name: string;
  readonly table: string;
  readonly columns: readonly string[];
}

export interface CheckConstraint {
  readonly name: string;
  readonly table: string;
  /** What must not be false of a row. */
  readonly expression: string;
  readonly columns: readonly string[];
}

export interface ForeignKey {
  readonly constraint: string;
  readonly table: string;
  readonly columns: readonly string[];
  readonly parent: string;
  readonly parentColumns: readonly string[];
}

export interface SchemaShape {
  readonly tables: readonly TableShape[];
  readonly foreignKeys: readonly ForeignKey[];
  readonly unique: readonly UniqueSet[];
  readonly checks: readonly CheckConstraint[];
}

const OURS = `n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND NOT EXISTS (SELECT FROM pg_depend x WHERE x.classid = 'pg_catalog.pg_class'::regclass AND x.objid = c.oid AND x.deptype = 'e')`;
const NAME = `quote_ident(n.nspname) || '.' || quote_ident(c.relname)`;
const namesOf = (numbers: string, table: string) =>
  `ARRAY(SELECT a.attname::text FROM unnest(${numbers}) WITH ORDINALITY u (num, at) JOIN pg_attribute a ON a.attrelid = ${table} AND a.attnum = u.num ORDER BY u.at)`;

/** Reads it; tables only, views have no rows of their own. */
export async function readShape(sql: Sql): Promise<SchemaShape> {
  await sql.query(`SELECT set_config('search_path', '', false)`);
  const columns = await sql.query<Omit<ColumnShape, 'listed'> & { table: string }>(
    `WITH RECURSIVE base AS (
       SELECT t.oid, t.oid AS at, t.typbasetype, t.typtype, t.typname, t.typnotnull, t.typtypmod FROM pg_type t
       UNION ALL
       SELECT base.oid, t.oid, t.typbasetype, t.typtype, t.typname, base.typnotnull OR t.typnotnull, base.typtypmod
         FROM base JOIN pg_type t ON t.oid = base.typbasetype WHERE base.typtype = 'd')
     SELECT ${NAME} AS "table", a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type,
       CASE b.typtype WHEN 'e' THEN 'enum' ELSE b.typname END AS base, coalesce(a.attnotnull OR b.typnotnull, false) AS "notNull", coalesce(a.attgenerated <> '' OR a.attidentity <> '' OR pg_get_expr(d.adbin, d.adrelid) LIKE 'nextval(%', false) AS generated,
       ARRAY(SELECT e.enumlabel::text FROM pg_enum e WHERE e.enumtypid = b.at ORDER BY e.enumsortorder) AS labels,
       CASE WHEN b.typname IN ('varchar', 'bpchar') THEN nullif(greatest(a.atttypmod, b.typtypmod), -1) - 4 END AS longest
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
       LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
       JOIN base b ON b.oid = a.atttypid AND b.typtype <> 'd'
     WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND a.attnum > 0 AND NOT a.attisdropped AND ${OURS} ORDER BY 1, a.attnum`,
  );
  const unique = await sql.query<UniqueSet & Record<string, unknown>>(
    `SELECT x.indexrelid::regclass::text AS name, ${NAME} AS "table", ${namesOf('x.indkey::int2[]', 'c.oid')} AS columns FROM pg_index x JOIN pg_class c ON c.oid = x.indrelid
     JOIN pg_namespace n ON n.oid = c.relnamespace WHERE x.indisunique AND x.indpred IS NULL AND x.indexprs IS NULL AND ${OURS}`,
  );
  const checks = await sql.query<CheckConstraint & Record<string, unknown>>(
    `SELECT k.conname::text AS name, ${NAME} AS "table", pg_get_expr(k.conbin, k.conrelid) AS expression, ${namesOf('k.conkey', 'k.conrelid')} AS columns FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
     JOIN pg_namespace n ON n.oid = c.relnamespace WHERE k.contype = 'c' AND ${OURS}`,
  );
  const foreignKeys = await sql.query<ForeignKey & Record<string, unknown>>(
    `SELECT k.conname::text AS constraint, ${NAME} AS "table", ${namesOf('k.conkey', 'k.conrelid')} AS columns,
       k.confrelid::regclass::text AS parent, ${namesOf('k.confkey', 'k.confrelid')} AS "parentColumns"
     FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE k.contype = 'f' AND k.conparentid = 0 AND ${OURS} ORDER BY 2, 1`,
  );
  const tables = Map.groupBy(columns, ({ table }) => table);
  return {
    tables: [...tables].map(([name, own]) => ({
      name,
      columns: own.map(({ table: _, ...column }) => ({
        ...column,
        listed: listedFor(
          column.name,
          checks.filter(({ table }) => table === name),
        ),
      })),
      unique: unique.filter(({ table, columns: set }) => table === name && set.length > 0).map(({ columns: set }) => set),
    })),
    foreignKeys,
    unique,
    checks,
  };
}

/** Strings that a check of the column holds: the values that an enum of text may have. */
function listedFor(column: string, checks: readonly CheckConstraint[]): readonly string[] {
  return checks
    .filter(({ columns, expression }) => columns.includes(column) && /= ANY|= '/.test(expression))
    .flatMap(({ expression }) => [...expression.matchAll(/'((?:[^']|'')*)'/g)].map(([, text = '']) => text.replaceAll("''", "'")));
}
