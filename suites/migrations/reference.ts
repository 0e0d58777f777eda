/** A database that shows what the models, or an earlier release, make of an empty one: catalogues are compared, and never texts. */
import { readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { ReferenceKey } from '../../fixtures/deployment/databases.ts';
import { CheckBroken } from '../case/resource-check.ts';
import { MigrationFailed } from './migration-source.ts';
import { runCommand } from './run-command.ts';
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
  const broken = (why: string) => new CheckBroken(`${what}: expected to make its tables in an empty database, got ${why}`);
  if ('sql' in key) {
    const file = resolve(stage.target.folder, key.sql);
    let text: string;
    try {
      text = readFileSync(file, 'utf8');
    } catch (error) {
      throw broken(`${basename(file)}: ${(error as NodeJS.ErrnoException).code ?? String(error)}`);
    }
    await database.use((sql) =>
      sql.query(text).catch((error: Error) => {
        throw broken(`${basename(file)}: ${error.message}`);
      }),
    );
    return database;
  }
  const { command, folder, environment } = key;
  const options = {
    folder: resolve(stage.target.folder, folder),
    environment,
    deadlineMs: stage.resource.deadlineSeconds * 1_000,
    secrets: Object.values(stage.target.secrets),
  };
  try {
    await runCommand(command, database.url, options);
  } catch (error) {
    if (!(error instanceof MigrationFailed)) throw error;
    throw broken(error.message);
  }
  return database;
}
