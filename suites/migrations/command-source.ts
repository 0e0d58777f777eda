/** Any tool with commands for up, down and current as a source of migrations, and an app with no tool at all. */
import { resolve } from 'node:path';
import type { Sql } from '../../backends/wire/sql.ts';
import type { MigrationsKey } from '../../fixtures/deployment/databases.ts';
import type { MigrationSource } from './migration-source.ts';
import { qualifyTable } from './qualify-table.ts';
import { runCommand } from './run-command.ts';
import { runSqlFile } from './run-sql-file.ts';

type Command = Extract<MigrationsKey, { kind: 'command' }>;
type NoTool = Extract<MigrationsKey, { kind: 'none' }>;

interface Around {
  /** Folder of the target file. */
  readonly base: string;
  readonly deadlineMs: number;
  /** Values that no message may hold. */
  readonly secrets: readonly string[];
}

interface Opening {
  openSql(url: string): Promise<Sql>;
}

/** A source behind commands; what a command is not named for cannot be walked. */
export function openCommandSource(key: Command, { base, deadlineMs, secrets }: Around): MigrationSource {
  const { up, down, current, revisions, environment, bookkeeping } = key;
  const options = { folder: resolve(base, key.folder), environment, deadlineMs, secrets };
  const run = (command: string, url: string, revision = '') => runCommand(command.replaceAll('{revision}', revision), url, options);
  const takesRevision = up.includes('{revision}');
  const isListed = takesRevision && revisions.length > 0;
  return {
    bookkeeping: bookkeeping.map(qualifyTable),
    steps: isListed ? true : 'the target file names no revisions, or `up` takes none',
    down: down === undefined ? 'the target file names no command for the way down' : true,
    revisions: async () => revisions,
    heads: async () => revisions.slice(-1),
    migrate: async (url, to) => void (await run(up, url, to ?? revisions.at(-1) ?? 'head')),
    async revert(url, to) {
      if (down === undefined) return;
      if (down.includes('{revision}')) return void (await run(down, url, to ?? 'base'));
      // A command that goes one step is asked for as many as lie between.
      const at = current === undefined ? [] : await this.current(url);
      const steps =
        revisions.length === 0 ? 1 : revisions.indexOf(at[0] ?? revisions.at(-1) ?? '') - (to === null ? -1 : revisions.indexOf(to));
      for (let n = 0; n < Math.max(1, steps); n++) await run(down, url);
    },
    current: async (url) => (current === undefined ? [] : wordsOf(await run(current, url))),
    close: async () => undefined,
  };
}

/** An app that makes what is not there when it starts: one revision, no way down. */
export function openNoTool(
  { folder, create, environment }: NoTool,
  { base, deadlineMs, secrets, openSql }: Around & Opening,
): MigrationSource {
  const options = { folder: resolve(base, folder), environment, deadlineMs, secrets };
  const no = 'the app has no migrations, it creates what is not there';
  return {
    bookkeeping: [],
    steps: no,
    down: no,
    revisions: async () => [],
    heads: async () => [],
    async migrate(url) {
      if (typeof create === 'string') return void (await runCommand(create, url, options));
      await using sql = await openSql(url);
      await runSqlFile(sql, resolve(base, create.sql));
    },
    revert: async () => undefined,
    current: async () => [],
    close: async () => undefined,
  };
}

/** The first word of each line: a revision, whatever the tool says behind it. */
const wordsOf = (text: string) => text.split('\n').flatMap((line) => line.trim().split(/\s+/)[0] || []);
