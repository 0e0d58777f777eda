/** A file of SQL, run as an app or a tool runs it: as one text in one session, so that it is all or nothing. */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { type Sql, SqlError } from '../../backends/wire/sql.ts';
import { CheckBroken } from '../case/resource-check.ts';
import { MigrationFailed } from './migration-source.ts';

/** Runs it. Throws MigrationFailed where the database refuses a statement, and CheckBroken where there is no such file. */
export async function runSqlFile(sql: Sql, file: string): Promise<void> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new CheckBroken(`${basename(file)}: expected a file of SQL, got ${(error as NodeJS.ErrnoException).code ?? String(error)}`);
  }
  await sql.query(text).catch((error: Error) => {
    throw error instanceof SqlError ? new MigrationFailed(`${error.message} at: ${error.statement.slice(0, 160)}`) : error;
  });
}
