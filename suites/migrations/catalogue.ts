/** What a database holds but for its rows: every object with what defines it, as the server itself spells it. Who owns it and who may use it is left out. */
import type { Sql, SqlRow } from '../../backends/wire/sql.ts';

/** Kinds of objects, as entries are named. */
export type ObjectKind =
  | 'schema'
  | 'table'
  | 'view'
  | 'column'
  | 'constraint'
  | 'index'
  | 'type'
  | 'sequence'
  | 'function'
  | 'trigger'
  | 'rule'
  | 'policy'
  | 'extension'
  | 'statistics';

/** One object. */
export interface CatalogueEntry {
  readonly kind: ObjectKind;
  /** Its name with all that holds it: `public.users.email`. */
  readonly name: string;
  /** Table that it is part of: `public.users`; null for what stands by itself. */
  readonly table: string | null;
  /** What defines it; what is absent is as the server has it unless told. */
  readonly facts: Readonly<Record<string, string>>;
}

/** All of a database's objects, by kind and name. */
export type Catalogue = ReadonlyMap<string, CatalogueEntry>;

const SYSTEM = `n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'`;
/** Members of an extension come and go with it. */
const own = (catalogue: string, oid: string) =>
  `NOT EXISTS (SELECT FROM pg_depend x WHERE x.classid = 'pg_catalog.${catalogue}'::regclass AND x.objid = ${oid} AND x.deptype = 'e')`;
const name = (...parts: string[]) => parts.map((part) => `quote_ident(${part})`).join(` || '.' || `);
const facts = (pairs: Readonly<Record<string, string>>) =>
  `jsonb_strip_nulls(jsonb_build_object(${Object.entries(pairs)
    .map(([key, sql]) => `'${key}', (${sql})::text`)
    .join(', ')}))`;
/** True or nothing, so that the ordinary case is silent. */
const flag = (sql: string) => `nullif(${sql}, false)`;
const comment = (catalogue: string, oid: string) => `obj_description(${oid}, '${catalogue}')`;

const OBJECTS: readonly string[] = [
  `SELECT 'schema', ${name('n.nspname')}, NULL, ${facts({ comment: comment('pg_namespace', 'n.oid') })}
     FROM pg_namespace n WHERE ${SYSTEM} AND ${own('pg_namespace', 'n.oid')}`,
  `SELECT 'table', ${name('n.nspname', 'c.relname')}, ${name('n.nspname', 'c.relname')}, ${facts({
    form: `nullif(c.relkind, 'r')`,
    persistence: `nullif(c.relpersistence, 'p')`,
    options: "array_to_string(c.reloptions, ', ')",
    'row security': flag('c.relrowsecurity'),
    'forced row security': flag('c.relforcerowsecurity'),
    'replica identity': `nullif(c.relreplident, 'd')`,
    'partitioned by': 'pg_get_partkeydef(c.oid)',
    bound: 'pg_get_expr(c.relpartbound, c.oid)',
    inherits: `SELECT string_agg(i.inhparent::regclass::text, ', ' ORDER BY i.inhseqno) FROM pg_inherits i WHERE i.inhrelid = c.oid`,
    'of type': `nullif(c.reloftype, 0)::regtype`,
    comment: comment('pg_class', 'c.oid'),
  })}
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p', 'f') AND ${SYSTEM} AND ${own('pg_class', 'c.oid')}`,
  `SELECT 'view', ${name('n.nspname', 'c.relname')}, NULL, ${facts({
    form: `nullif(c.relkind, 'v')`,
    definition: 'pg_get_viewdef(c.oid)',
    options: "array_to_string(c.reloptions, ', ')",
    columns: `SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0`,
    comment: comment('pg_class', 'c.oid'),
  })}
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('v', 'm') AND ${SYSTEM} AND ${own('pg_class', 'c.oid')}`,
  `SELECT 'column', ${name('n.nspname', 'c.relname', 'a.attname')}, ${name('n.nspname', 'c.relname')}, ${facts({
    position: `SELECT count(*) FROM pg_attribute b WHERE b.attrelid = a.attrelid AND b.attnum BETWEEN 1 AND a.attnum AND NOT b.attisdropped`,
    type: 'format_type(a.atttypid, a.atttypmod)',
    'not null': 'a.attnotnull',
    default: `CASE WHEN a.attgenerated = '' THEN pg_get_expr(d.adbin, d.adrelid) END`,
    generated: `CASE WHEN a.attgenerated <> '' THEN a.attgenerated::text || ' ' || pg_get_expr(d.adbin, d.adrelid) END`,
    identity: `nullif(a.attidentity, '')`,
    collation: `SELECT l.collname FROM pg_collation l WHERE l.oid = a.attcollation AND a.attcollation <> t.typcollation`,
    storage: `nullif(a.attstorage, t.typstorage)`,
    compression: `nullif(a.attcompression, '')`,
    statistics: `nullif(a.attstattarget::int, -1)`,
    options: `array_to_string(a.attoptions, ', ')`,
    inherited: flag('NOT a.attislocal'),
    comment: 'col_description(c.oid, a.attnum)',
  })}
     FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_type t ON t.oid = a.atttypid
     LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
     WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'f', 'c') AND ${SYSTEM} AND ${own('pg_class', 'c.oid')}`,
  `SELECT 'constraint', ${name('n.nspname', 'c.relname', 'k.conname')}, ${name('n.nspname', 'c.relname')}, ${facts({
    form: 'k.contype',
    definition: 'pg_get_constraintdef(k.oid)',
    inherited: flag('NOT k.conislocal'),
    comment: comment('pg_constraint', 'k.oid'),
  })}
     FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE k.contype <> 't' AND ${SYSTEM} AND ${own('pg_class', 'c.oid')}`,
  `SELECT 'index', ${name('n.nspname', 'i.relname')}, ${name('n.nspname', 'c.relname')}, ${facts({
    definition: 'pg_get_indexdef(x.indexrelid)',
    constraint: flag(
      `EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = x.indexrelid AND k.conrelid = x.indrelid AND k.contype IN ('p', 'u', 'x'))`,
    ),
    clustered: flag('x.indisclustered'),
    'replica identity': flag('x.indisreplident'),
    invalid: flag('NOT x.indisvalid'),
    options: "array_to_string(i.reloptions, ', ')",
    attached: `SELECT p.inhparent::regclass FROM pg_inherits p WHERE p.inhrelid = x.indexrelid`,
    comment: comment('pg_class', 'x.indexrelid'),
  })}
     FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class c ON c.oid = x.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p', 'm') AND ${SYSTEM} AND ${own('pg_class', 'c.oid')}`,
  `SELECT 'type', ${name('n.nspname', 't.typname')}, NULL, ${facts({
    form: 't.typtype',
    labels: `SELECT string_agg(quote_literal(e.enumlabel), ', ' ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = t.oid`,
    'base type': `CASE WHEN t.typtype = 'd' THEN format_type(t.typbasetype, t.typtypmod) END`,
    'not null': flag('t.typnotnull'),
    default: 't.typdefault',
    checks: `SELECT string_agg(quote_ident(k.conname) || ' ' || pg_get_constraintdef(k.oid), ', ' ORDER BY k.conname) FROM pg_constraint k WHERE k.contypid = t.oid AND k.contype = 'c'`,
    range: `SELECT format_type(r.rngsubtype, NULL) || ' ' || r.rngsubopc || ' ' || r.rngcollation || ' ' || r.rngcanonical || ' ' || r.rngsubdiff || ' ' || r.rngmultitypid::regtype FROM pg_range r WHERE r.rngtypid = t.oid`,
    comment: comment('pg_type', 't.oid'),
  })}
     FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace LEFT JOIN pg_class c ON c.oid = t.typrelid
     WHERE (t.typtype IN ('e', 'd', 'r') OR c.relkind = 'c') AND ${SYSTEM} AND ${own('pg_type', 't.oid')}`,
  `SELECT 'sequence', ${name('n.nspname', 'c.relname')}, NULL, ${facts({
    type: 'format_type(s.seqtypid, NULL)',
    start: 's.seqstart',
    increment: 's.seqincrement',
    least: 's.seqmin',
    most: 's.seqmax',
    cache: 's.seqcache',
    cycles: flag('s.seqcycle'),
    persistence: `nullif(c.relpersistence, 'p')`,
    'owned by': `SELECT x.refobjid::regclass || '.' || quote_ident(a.attname) || CASE x.deptype WHEN 'i' THEN ' (identity)' ELSE '' END FROM pg_depend x JOIN pg_attribute a ON a.attrelid = x.refobjid AND a.attnum = x.refobjsubid WHERE x.classid = 'pg_catalog.pg_class'::regclass AND x.objid = c.oid AND x.deptype IN ('a', 'i')`,
    comment: comment('pg_class', 'c.oid'),
  })}
     FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${SYSTEM} AND ${own('pg_class', 'c.oid')}`,
  `SELECT 'function', ${name('n.nspname', 'p.proname')} || '(' || pg_get_function_identity_arguments(p.oid) || ')', NULL, ${facts({
    definition: `CASE WHEN p.prokind <> 'a' THEN pg_get_functiondef(p.oid) END`,
    aggregate: `SELECT concat_ws(' ', g.aggtransfn, g.aggfinalfn, g.aggtranstype::regtype, g.agginitval) FROM pg_aggregate g WHERE g.aggfnoid = p.oid`,
    comment: comment('pg_proc', 'p.oid'),
  })}
     FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE ${SYSTEM} AND ${own('pg_proc', 'p.oid')}
     AND NOT EXISTS (SELECT FROM pg_depend x WHERE x.classid = 'pg_catalog.pg_proc'::regclass AND x.objid = p.oid AND x.deptype = 'i')`,
  `SELECT 'trigger', ${name('n.nspname', 'c.relname', 't.tgname')}, ${name('n.nspname', 'c.relname')}, ${facts({
    definition: 'pg_get_triggerdef(t.oid)',
    enabled: `nullif(t.tgenabled, 'O')`,
    comment: comment('pg_trigger', 't.oid'),
  })}
     FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE NOT t.tgisinternal AND ${SYSTEM} AND ${own('pg_class', 'c.oid')}`,
  `SELECT 'rule', ${name('n.nspname', 'c.relname', 'r.rulename')}, ${name('n.nspname', 'c.relname')}, ${facts({
    definition: 'pg_get_ruledef(r.oid)',
    enabled: `nullif(r.ev_enabled, 'O')`,
    comment: comment('pg_rewrite', 'r.oid'),
  })}
     FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class JOIN pg_namespace n ON n.oid = c.relnamespace WHERE r.rulename <> '_RETURN' AND ${SYSTEM} AND ${own('pg_class', 'c.oid')}`,
  `SELECT 'policy', ${name('n.nspname', 'c.relname', 'p.polname')}, ${name('n.nspname', 'c.relname')}, ${facts({
    command: 'p.polcmd',
    restrictive: flag('NOT p.polpermissive'),
    roles: `SELECT string_agg(CASE r WHEN 0 THEN 'public' ELSE r::regrole::text END, ', ' ORDER BY r) FROM unnest(p.polroles) r`,
    using: 'pg_get_expr(p.polqual, p.polrelid)',
    'with check': 'pg_get_expr(p.polwithcheck, p.polrelid)',
    comment: comment('pg_policy', 'p.oid'),
  })}
     FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${SYSTEM} AND ${own('pg_class', 'c.oid')}`,
  `SELECT 'extension', quote_ident(e.extname), NULL, ${facts({ schema: 'e.extnamespace::regnamespace' })}
     FROM pg_extension e WHERE e.extname <> 'plpgsql'`,
  `SELECT 'statistics', ${name('n.nspname', 's.stxname')}, s.stxrelid::regclass::text, ${facts({
    definition: 'pg_get_statisticsobjdef(s.oid)',
    comment: comment('pg_statistic_ext', 's.oid'),
  })}
     FROM pg_statistic_ext s JOIN pg_namespace n ON n.oid = s.stxnamespace WHERE ${SYSTEM}`,
];

interface Row extends SqlRow {
  readonly kind: ObjectKind;
  readonly name: string;
  readonly table: string | null;
  readonly facts: Readonly<Record<string, string>>;
}

/** Reads all of it in one query, which changes nothing, so that a deployed database may be asked as well. */
export async function readCatalogue(sql: Sql): Promise<Catalogue> {
  // Without a path every name is spelt with its schema, whatever the session's owner has set.
  await sql.query(`SELECT set_config('search_path', '', false)`);
  const rows = await sql.query<Row>(
    `SELECT * FROM (${OBJECTS.join('\nUNION ALL\n')}) AS objects (kind, name, "table", facts) ORDER BY kind, name COLLATE "C"`,
  );
  return new Map(rows.map((row) => [`${row.kind} ${row.name}`, row]));
}
