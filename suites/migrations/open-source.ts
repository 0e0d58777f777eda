/** Opens the source of migrations that a target file names. */
import { resolve } from 'node:path';
import type { Resource } from '../../fixtures/target.ts';
import { CheckBroken, type ResourceStage } from '../case/resource-check.ts';
import type { MigrationSource } from './migration-source.ts';
import { openSqlFolder } from './sql-folder.ts';

/** The source. Throws CheckBroken where it cannot be opened. */
export async function openSource(stage: ResourceStage<Resource<'databases'>>): Promise<MigrationSource> {
  const { migrations, deadlineSeconds } = stage.resource;
  if (migrations === undefined) throw new CheckBroken(`databases.${stage.label}.migrations: expected a source, got none`);
  const deadlineMs = deadlineSeconds * 1_000;
  switch (migrations.kind) {
    case 'sql':
      return openSqlFolder({
        ...migrations,
        folder: resolve(stage.target.folder, migrations.folder),
        openSql: (url) => stage.openSql(url, { allows: 'any', deadlineMs }),
      });
    default:
      throw new CheckBroken(`migrations.kind: ${migrations.kind} is not built yet`);
  }
}
