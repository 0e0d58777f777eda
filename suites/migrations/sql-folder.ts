/** A folder of SQL files as a source of migrations: read, put in order, cut into statements, and run one after the other. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { quoteIdentifier, type Sql, SqlError } from '../../backends/wire/sql.ts';
import { type SqlStatement, SqlSyntaxError, splitStatements } from '../../backends/wire/sql-text.ts';
import { CheckBroken } from '../case/resource-check.ts';
import { MigrationFailed, type MigrationSource } from './migration-source.ts';
import { qualifyTable } from './qualify-table.ts';

/** One way of one revision. */
interface Script {
  readonly file: string;
  readonly text: string;
  /** Lines of the file before the text. */
  readonly before: number;
}

interface Revision {
  readonly name: string;
  readonly up: Script;
  readonly down: Script | null;
}

export interface SqlFolderOptions {
  readonly folder: string;
  readonly transaction: 'file' | 'none';
  readonly order: 'number' | 'name';
  readonly table: string;
  readonly column: string;
  openSql(url: string): Promise<Sql>;
}

const FILE = /^(V?\d[\d.]*)(?:[-_]+[^.]*)?(?:\.(up|down))?\.sql$/i;
const DOWN_MARK = /^--\s*(?:migrate:|\+(?:goose|micrate)\s+)down\b.*$/im;
const BEARS_NO_TRANSACTION = /^(?:(?:CREATE|DROP|REINDEX)\b[^;]*?\bCONCURRENTLY\b|VACUUM\b|ALTER\s+SYSTEM\b)/i;
const NO_TRANSACTION = /^--\s*(?:no-transaction|migrate:up\s+transaction:false|\+goose NO TRANSACTION)/im;

/** A source whose revisions are the files' numbers. Throws CheckBroken where the folder cannot be read or holds none. */
export function openSqlFolder({ folder, transaction, order, table, column, openSql }: SqlFolderOptions): MigrationSource {
  const revisions = readFolder(folder, order === 'number' ? byNumber : byName);
  const quoted = table.split('.').map(quoteIdentifier).join('.');
  const keep = quoteIdentifier(column);

  const run = async (sql: Sql, script: Script, bookkeeping: string, revision: string) => {
    const statements = statementsOf(script);
    // A file that begins a transaction itself is left to it, and one statement that bears none is all or nothing by itself.
    const alone = statements.length === 1 && BEARS_NO_TRANSACTION.test(statements[0]?.text ?? '');
    const own = NO_TRANSACTION.test(script.text) || statements.some(({ kind }) => kind === 'TransactionStmt');
    const wrapped = transaction === 'file' && !alone && !own;
    if (wrapped) await sql.query('BEGIN');
    for (const { text, line } of statements) {
      try {
        await sql.query(text);
      } catch (error) {
        if (wrapped) await sql.query('ROLLBACK').catch(() => undefined);
        const said =
          error instanceof SqlError && error.code === '57014' ? `no end within the deadline (${error.message})` : (error as Error).message;
        const statement = error instanceof SqlError ? error.statement.replaceAll(/\s+/g, ' ').slice(0, 160) : text.slice(0, 40);
        throw new MigrationFailed(`${basename(script.file)}:${script.before + line}: ${said} at: ${statement}`, { cause: error });
      }
    }
    try {
      await sql.query(bookkeeping.replace('$1', `'${revision.replaceAll("'", "''")}'`));
      if (wrapped) await sql.query('COMMIT');
    } catch (error) {
      throw new MigrationFailed(`${basename(script.file)}: recording revision ${revision}: ${(error as Error).message}`, { cause: error });
    }
  };
  const appliedIn = async (sql: Sql): Promise<ReadonlySet<string>> => {
    const [there] = await sql.query<{ there: boolean }>(`SELECT to_regclass($1) IS NOT NULL AS there`, [quoted]);
    if (there?.there !== true) return new Set();
    return new Set((await sql.query<{ version: string }>(`SELECT ${keep}::text AS version FROM ${quoted}`)).map(({ version }) => version));
  };
  const indexOf = (revision: string) => {
    const index = revisions.findIndex(({ name }) => name === revision);
    if (index === -1) throw new MigrationFailed(`revision ${revision}: expected one of ${revisions.map(({ name }) => name).join(', ')}`);
    return index;
  };
  const within = async <T>(url: string, work: (sql: Sql) => Promise<T>): Promise<T> => {
    await using sql = await openSql(url);
    try {
      return await work(sql);
    } catch (error) {
      if (!(error instanceof SqlError)) throw error;
      throw new MigrationFailed(`${table}: ${error.message} at: ${error.statement}`, { cause: error });
    }
  };

  return {
    bookkeeping: [qualifyTable(table)],
    steps: true,
    down: revisions.some(({ down }) => down !== null) ? true : 'the folder has no file for a way down',
    revisions: async () => revisions.map(({ name }) => name),
    heads: async () => headsOf(revisions),
    migrate: (url, to) =>
      within(url, async (sql) => {
        const last = to === undefined ? revisions.length - 1 : indexOf(to);
        await sql.query(`CREATE TABLE IF NOT EXISTS ${quoted} (${keep} text PRIMARY KEY)`);
        const applied = await appliedIn(sql);
        for (const { name, up } of revisions.slice(0, last + 1))
          if (!applied.has(name)) await run(sql, up, `INSERT INTO ${quoted} (${keep}) VALUES ($1)`, name);
      }),
    revert: (url, to) =>
      within(url, async (sql) => {
        const first = to === null ? 0 : indexOf(to) + 1;
        const applied = await appliedIn(sql);
        for (const { name, down } of revisions.slice(first).reverse()) {
          if (!applied.has(name)) continue;
          if (down === null) throw new MigrationFailed(`revision ${name}: expected a way down, got no ${name}….down.sql`);
          await run(sql, down, `DELETE FROM ${quoted} WHERE ${keep} = $1`, name);
        }
      }),
    current: (url) =>
      within(url, async (sql) => {
        const applied = await appliedIn(sql);
        const last = revisions.findLast(({ name }) => applied.has(name));
        return last === undefined ? [] : [last.name];
      }),
    close: async () => undefined,
  };
}

function readFolder(folder: string, compare: (a: string, b: string) => number): readonly Revision[] {
  let names: readonly string[];
  try {
    names = readdirSync(folder).filter((name) => FILE.test(name));
  } catch (error) {
    throw new CheckBroken(
      `migrations.folder: ${basename(folder)}: expected a folder, got ${(error as NodeJS.ErrnoException).code ?? error}`,
    );
  }
  if (names.length === 0)
    throw new CheckBroken(`migrations.folder: ${basename(folder)}: expected files NNN_name.up.sql or NNN_name.sql, got none`);
  const ups = names.filter((name) => !/\.down\.sql$/i.test(name)).sort(compare);
  const shared = new Set(ups.map(numberOf).filter((number, index, all) => all.indexOf(number) !== index));
  return ups.map((name) => {
    const text = readFileSync(join(folder, name), 'utf8');
    const mark = DOWN_MARK.exec(text);
    const beside = names.find((other) => /\.down\.sql$/i.test(other) && stemOf(other) === stemOf(name));
    const down: Script | null =
      beside !== undefined
        ? { file: beside, text: readFileSync(join(folder, beside), 'utf8'), before: 0 }
        : mark === null
          ? null
          : { file: name, text: text.slice(mark.index), before: text.slice(0, mark.index).split('\n').length - 1 };
    // Two files of one number are two revisions, and a fork.
    return {
      name: shared.has(numberOf(name)) ? stemOf(name) : numberOf(name),
      up: { file: name, text: mark === null ? text : text.slice(0, mark.index), before: 0 },
      down,
    };
  });
}

const numberOf = (name: string) => FILE.exec(name)?.[1] ?? name;
const stemOf = (name: string) => name.replace(/(?:\.(?:up|down))?\.sql$/i, '');
const byName = (a: string, b: string) => (a < b ? -1 : 1);
const byNumber = (a: string, b: string) => a.localeCompare(b, 'en', { numeric: true });

/** The last file, and every other of its number. */
function headsOf(revisions: readonly Revision[]): readonly string[] {
  const last = revisions.at(-1);
  return last === undefined ? [] : revisions.filter(({ up }) => numberOf(up.file) === numberOf(last.up.file)).map(({ name }) => name);
}

function statementsOf({ file, text, before }: Script): readonly SqlStatement[] {
  try {
    return splitStatements(text);
  } catch (error) {
    if (!(error instanceof SqlSyntaxError)) throw error;
    throw new MigrationFailed(`${basename(file)}:${before + error.line}: expected SQL, got ${error.message}`);
  }
}
