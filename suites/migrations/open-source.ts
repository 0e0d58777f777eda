/** Opens the source of migrations that a target file names. */
import { resolve } from 'node:path';
import type { Resource } from '../../fixtures/target.ts';
import { CheckBroken, type ResourceStage } from '../case/resource-check.ts';
import { openAlembic } from './alembic-source.ts';
import { openCommandSource, openNoTool } from './command-source.ts';
import type { MigrationSource } from './migration-source.ts';
import { readRevisions } from './read-revisions.ts';
import { openSqlFolder } from './sql-folder.ts';

/** The source. Throws CheckBroken where it cannot be opened. */
export async function openSource(stage: ResourceStage<Resource<'databases'>>): Promise<MigrationSource> {
  const { migrations, deadlineSeconds } = stage.resource;
  if (migrations === undefined) throw new CheckBroken(`databases.${stage.label}.migrations: expected a source, got none`);
  const deadlineMs = deadlineSeconds * 1_000;
  const around = { base: stage.target.folder, deadlineMs, secrets: Object.values(stage.target.secrets) };
  const openSql = (url: string) => stage.openSql(url, { allows: 'any', deadlineMs });
  switch (migrations.kind) {
    case 'sql':
      return openSqlFolder({ ...migrations, folder: resolve(stage.target.folder, migrations.folder), openSql });
    case 'alembic':
      return openAlembic(migrations, {
        ...around,
        async currentOf(url) {
          await using sql = await openSql(url);
          return await readRevisions(sql, { table: 'alembic_version', column: 'version_num' });
        },
      });
    case 'command':
      return openCommandSource(migrations, around);
    case 'none':
      return openNoTool(migrations, { ...around, openSql });
  }
}
