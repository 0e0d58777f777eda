/** A database that shows what the models, or an earlier release, make of an empty one: catalogues are compared, and never texts. */
import { resolve } from 'node:path';
import type { ReferenceKey } from '../../fixtures/deployment/databases.ts';
import { CheckBroken } from '../case/resource-check.ts';
import { MigrationFailed } from './migration-source.ts';
import { runCommand } from './run-command.ts';
import { runSqlFile } from './run-sql-file.ts';
import type { ScratchDatabase } from './scratch.ts';
import type { Bench, DatabaseStage } from './walk.ts';

/** Makes it. Throws CheckBroken where the file or the command does not do its work: then nothing can be said of the migrations. */
export async function makeReference(
  stage: DatabaseStage,
  { scratch }: Pick<Bench, 'scratch'>,
  key: ReferenceKey,
  what: string,
): Promise<ScratchDatabase> {
  const database = await scratch.create();
  const told = (error: Error): never => {
    if (!(error instanceof MigrationFailed)) throw error;
    throw new CheckBroken(`${what}: expected to make its tables in an empty database, got ${error.message}`);
  };
  if ('sql' in key) {
    const file = resolve(stage.target.folder, key.sql);
    await database.use((sql) => runSqlFile(sql, file)).catch(told);
    return database;
  }
  const { command, folder, environment } = key;
  const options = {
    folder: resolve(stage.target.folder, folder),
    environment,
    deadlineMs: stage.resource.deadlineSeconds * 1_000,
    secrets: Object.values(stage.target.secrets),
  };
  await runCommand(command, database.url, options).catch(told);
  return database;
}
