/** The deployed database of a resource: opened to be read, and for nothing else. */
import type { Sql } from '../../backends/wire/sql.ts';
import type { Resource } from '../../fixtures/target.ts';
import { CheckBroken } from '../case/resource-check.ts';
import type { DatabaseStage } from './walk.ts';

/** Resources that name one, and the migrations that it is held against. */
export const withDeployed = {
  of: 'that are deployed, with migrations',
  is: ({ deployed, migrations }: Resource<'databases'>) => deployed !== undefined && migrations !== undefined,
};

/** A session in which the server itself allows nothing but reading. Throws WireError and SqlError, without the password. */
export async function openDeployed(stage: DatabaseStage): Promise<Sql> {
  const url = stage.secret('deployed.url');
  if (url === null) throw new CheckBroken(`databases.${stage.label}.deployed.url: expected the URL of the deployed database, got none`);
  return stage.openSql(url, { allows: 'reads', deadlineMs: stage.resource.deadlineSeconds * 1_000 });
}

/** Table and column in which a database keeps its revisions, by the tool; null where only a command tells. */
export function revisionTableOf({ migrations }: Resource<'databases'>): { readonly table: string; readonly column: string } | null {
  if (migrations?.kind === 'sql') return migrations;
  return migrations?.kind === 'alembic' ? { table: 'alembic_version', column: 'version_num' } : null;
}
