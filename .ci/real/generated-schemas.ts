/** Schemas of PostgreSQL from a seed, and each once more: as it is, in another order, or with one thing changed. */
import { randomOf } from './mutate-graphql.ts';

/** A whole number from 0 to below `most`, the same for the same seed. */
type Chance = (most: number) => number;

/** Two schemas that may be the same. */
export interface SchemaPair {
  readonly how: string;
  readonly one: readonly string[];
  readonly other: readonly string[];
}

const TYPES = [
  'integer',
  'bigint',
  'text',
  'varchar(20)',
  'numeric(10,2)',
  'boolean',
  'timestamptz',
  'timestamp(3)',
  'date',
  'uuid',
  'jsonb',
  'bytea',
  'text[]',
  'inet',
  'double precision',
  'interval',
  'char(4)',
  'mood',
  'positive',
];
const DEFAULTS: Readonly<Record<string, string>> = {
  integer: '7',
  bigint: '-1',
  text: `'it''s'`,
  boolean: 'true',
  timestamptz: 'now()',
  date: 'CURRENT_DATE',
  uuid: 'gen_random_uuid()',
  jsonb: `'{}'`,
  'text[]': `'{a}'`,
  mood: `'ok'`,
};

/** A pair of schemas for a seed. */
export function schemaPair(seed: number): SchemaPair {
  const random = randomOf(seed);
  const chance: Chance = (most) => Math.floor(random() * most);
  const one = schemaOf(chance);
  const kind = seed % 4;
  if (kind === 0) return { how: 'as it is', one, other: one };
  if (kind === 1) return { how: 'in another order', one, other: swapped(one, chance) };
  const at = chance(CHANGES.length);
  for (const [how, change] of [...CHANGES.slice(at), ...CHANGES.slice(0, at)]) {
    const other = change(one, chance);
    if (other !== null) return { how, one, other };
  }
  return { how: 'as it is', one, other: one };
}

function schemaOf(chance: Chance): string[] {
  const out = [
    `CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy')`,
    'CREATE DOMAIN positive AS integer CHECK (VALUE > 0)',
    'CREATE SCHEMA side',
  ];
  const maybe = (of: number) => chance(of) === 0;
  if (maybe(3)) out.push('CREATE TYPE pair AS (a integer, b text)');
  if (maybe(3)) out.push(`CREATE SEQUENCE counter START ${chance(50) + 1} INCREMENT ${chance(5) + 1} CACHE 3`);
  if (maybe(4)) out.push('CREATE EXTENSION citext');
  if (maybe(4)) out.push('CREATE TYPE span AS RANGE (subtype = float8)');
  const tables = 2 + chance(4);
  for (let t = 0; t < tables; t++) {
    const name = maybe(5) ? `side.t${t}` : `t${t}`;
    const columns = [maybe(2) ? 'id bigint GENERATED ALWAYS AS IDENTITY' : 'id serial'];
    for (let c = 0; c < 2 + chance(5); c++) {
      const type = TYPES[chance(TYPES.length)] ?? 'text';
      const value = DEFAULTS[type];
      columns.push(
        `c${c} ${type}${maybe(6) && type === 'text' ? ' COLLATE "C"' : ''}${maybe(3) ? ' NOT NULL' : ''}${value !== undefined && maybe(3) ? ` DEFAULT ${value}` : ''}`,
      );
    }
    if (maybe(4)) columns.push('twice bigint GENERATED ALWAYS AS (id * 2) STORED');
    columns.push(maybe(2) ? 'PRIMARY KEY (id)' : `CONSTRAINT key_${t} PRIMARY KEY (id)`);
    if (maybe(3)) columns.push(maybe(2) ? 'CHECK (id > 0)' : `CONSTRAINT check_${t} CHECK (id <> 13)`);
    if (maybe(4)) columns.push('UNIQUE (id, c0)');
    out.push(`CREATE ${maybe(8) ? 'UNLOGGED ' : ''}TABLE ${name} (${columns.join(', ')})${maybe(6) ? ' WITH (fillfactor=80)' : ''}`);
    if (t > 0 && maybe(2)) {
      const logged = out.filter((text) => /^CREATE TABLE/.test(text));
      const parent = /TABLE (\S+)/.exec(logged[chance(logged.length)] ?? '')?.[1];
      if (parent !== undefined && parent !== name) {
        out.push(`ALTER TABLE ${name} ADD COLUMN parent integer`);
        const type = /id bigint/.test(out.find((text) => text.includes(`TABLE ${parent} `)) ?? '') ? 'bigint' : 'integer';
        if (type === 'bigint') out.push(`ALTER TABLE ${name} ALTER COLUMN parent TYPE bigint`);
        const action = ['', ' ON DELETE CASCADE', ' ON DELETE SET NULL', ' DEFERRABLE INITIALLY DEFERRED', ' NOT VALID'][chance(5)];
        out.push(`ALTER TABLE ${name} ADD CONSTRAINT fk_${t} FOREIGN KEY (parent) REFERENCES ${parent} (id)${action}`);
      }
    }
    if (maybe(2))
      out.push(
        `CREATE ${maybe(3) ? 'UNIQUE ' : ''}INDEX ix_${t} ON ${name} (c0${maybe(3) ? ' DESC' : ''})${maybe(3) ? ' WHERE id > 10' : ''}`,
      );
    if (maybe(4)) out.push(`CREATE INDEX expr_${t} ON ${name} ((id % 7))`);
    if (maybe(4)) out.push(`COMMENT ON TABLE ${name} IS 'about ${t}'`);
    if (maybe(5)) out.push(`COMMENT ON COLUMN ${name}.id IS 'its number'`);
    if (maybe(5))
      out.push(`ALTER TABLE ${name} ENABLE ROW LEVEL SECURITY`, `CREATE POLICY p_${t} ON ${name} FOR SELECT USING (id > ${chance(9)})`);
    if (maybe(6)) out.push(`ALTER TABLE ${name} REPLICA IDENTITY FULL`);
    if (maybe(6)) out.push(`CREATE STATISTICS st_${t} (dependencies) ON id, c0 FROM ${name}`);
    if (maybe(5)) out.push(`CREATE RULE r_${t} AS ON DELETE TO ${name} DO INSTEAD NOTHING`);
    if (maybe(4)) out.push(`CREATE VIEW v_${t} AS SELECT id, c1 FROM ${name} WHERE id > ${chance(99)}`);
    if (maybe(6)) out.push(`CREATE MATERIALIZED VIEW m_${t} AS SELECT count(*) AS n FROM ${name}`);
    if (maybe(4))
      out.push(
        `CREATE FUNCTION touch_${t}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$`,
        `CREATE TRIGGER touch BEFORE INSERT ON ${name} FOR EACH ROW EXECUTE FUNCTION touch_${t}()`,
      );
    if (maybe(8)) out.push(`ALTER TABLE ${name} ALTER COLUMN id SET STATISTICS 50`);
    // What was dropped leaves a number that no column has.
    if (maybe(3))
      out.push(
        `ALTER TABLE ${name} ADD COLUMN gone text`,
        `ALTER TABLE ${name} DROP COLUMN gone`,
        `ALTER TABLE ${name} ADD COLUMN last integer`,
      );
  }
  if (maybe(3))
    out.push(
      'CREATE TABLE parts (at date NOT NULL, n integer) PARTITION BY RANGE (at)',
      `CREATE TABLE parts_a PARTITION OF parts FOR VALUES FROM ('2026-01-01') TO ('2026-02-01')`,
      'CREATE INDEX ON parts (n)',
    );
  if (maybe(4))
    out.push(
      'CREATE TABLE child (extra text) INHERITS (t0)'.replace(
        't0',
        /TABLE (\S+)/.exec(out.find((text) => /TABLE \S+ \(/.test(text)) ?? '')?.[1] ?? 't0',
      ),
    );
  if (maybe(3))
    out.push(`CREATE FUNCTION add(a integer, b integer DEFAULT ${chance(9)}) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT a + b'`);
  return out;
}

/** Two neighbours that do not need each other change places; a statement that then fails is left out of neither. */
function swapped(statements: readonly string[], chance: Chance): readonly string[] {
  const out = [...statements];
  const own = out.flatMap((text, at) => (/^(?:CREATE (?:UNIQUE )?INDEX|COMMENT|CREATE STATISTICS|CREATE POLICY)/.test(text) ? [at] : []));
  const from = own[chance(Math.max(1, own.length))];
  if (from === undefined) return out;
  const [moved = ''] = out.splice(from, 1);
  out.push(moved);
  return out;
}

type Change = (statements: readonly string[], chance: Chance) => readonly string[] | null;

const replaced =
  (find: RegExp, by: string): Change =>
  (statements, chance) => {
    const fits = statements.flatMap((text, at) => (find.test(text) ? [at] : []));
    const at = fits[chance(Math.max(1, fits.length))];
    return at === undefined ? null : statements.map((text, index) => (index === at ? text.replace(find, by) : text));
  };
const without =
  (find: RegExp): Change =>
  (statements, chance) => {
    const fits = statements.flatMap((text, at) => (find.test(text) ? [at] : []));
    const at = fits[chance(Math.max(1, fits.length))];
    return at === undefined ? null : statements.filter((_, index) => index !== at);
  };
const added =
  (text: string): Change =>
  (statements) => [...statements, text];

const CHANGES: readonly (readonly [string, Change])[] = [
  ['nullability', replaced(/ NOT NULL/, '')],
  ['a default', replaced(/ DEFAULT (?:7|-1|now\(\)|true)/, '')],
  ['a length', replaced(/varchar\(20\)/, 'varchar(21)')],
  ['a precision', replaced(/timestamp\(3\)/, 'timestamp(4)')],
  ['an enum label', replaced(/'happy'/, `'glad'`)],
  ['the order of enum labels', replaced(/'sad', 'ok'/, `'ok', 'sad'`)],
  ['a domain’s check', replaced(/VALUE > 0/, 'VALUE >= 0')],
  ['an index gone', without(/^CREATE (?:UNIQUE )?INDEX ix/)],
  ['an index’s order', replaced(/ DESC/, '')],
  ['an index’s rows', replaced(/id > 10/, 'id > 11')],
  ['a comment', replaced(/'about (\d)'/, `'of $1'`)],
  ['a comment gone', without(/^COMMENT/)],
  ['a foreign key gone', without(/ADD CONSTRAINT fk/)],
  ['what happens on delete', replaced(/ON DELETE CASCADE/, 'ON DELETE RESTRICT')],
  ['the name of a constraint', replaced(/key_(\d)/, 'chief_$1')],
  ['a check', replaced(/id <> 13/, 'id <> 14')],
  ['identity', replaced(/GENERATED ALWAYS AS IDENTITY/, 'GENERATED BY DEFAULT AS IDENTITY')],
  ['a storage parameter', replaced(/fillfactor=80/, 'fillfactor=81')],
  ['a view', replaced(/(CREATE VIEW .*id > )\d+/, '$1100')],
  ['a trigger gone', without(/^CREATE TRIGGER/)],
  ['a policy', replaced(/(CREATE POLICY .*id > )\d/, '$110')],
  ['row security', without(/ENABLE ROW/)],
  ['a sequence', replaced(/CACHE 3/, 'CACHE 4')],
  ['a generated column', replaced(/id \* 2/, 'id * 3')],
  ['a rule gone', without(/^CREATE RULE/)],
  ['statistics gone', without(/^CREATE STATISTICS/)],
  ['the replica identity', without(/REPLICA IDENTITY/)],
  ['logged', replaced(/UNLOGGED /, '')],
  ['a collation', replaced(/ COLLATE "C"/, '')],
  ['a statistics target', replaced(/STATISTICS 50/, 'STATISTICS 60')],
  ['a function', added(`CREATE FUNCTION more() RETURNS integer LANGUAGE sql AS 'SELECT 1'`)],
  ['a partition', replaced(/TO \('2026-02-01'\)/, `TO ('2026-03-01')`)],
  [
    'a column at the end',
    (statements) => [
      ...statements,
      `ALTER TABLE ${/TABLE (\S+)/.exec(statements.find((text) => /^CREATE (?:UNLOGGED )?TABLE/.test(text)) ?? '')?.[1]} ADD COLUMN late text`,
    ],
  ],
  ['a type of columns', replaced(/a integer, b text\)/, 'a bigint, b text)')],
];
