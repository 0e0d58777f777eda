/** The catalogue of a schema says that two are the same exactly when `pg_dump --schema-only` says so. */
import { openSql } from '../../backends/wire/postgres.ts';
import { readCatalogue } from '../../suites/migrations/catalogue.ts';
import { compareExactly, differenceText } from '../../suites/migrations/compare-catalogues.ts';
import { failOn, type RealCheck } from './check.ts';
import { startDebianPostgres } from './debian-postgres.ts';
import { schemaPair } from './generated-schemas.ts';

const SCHEMAS = 100;

export const catalogueAgrees: RealCheck = {
  name: `the catalogue agrees with pg_dump on ${SCHEMAS} generated schemas`,
  async run(room) {
    await using server = await startDebianPostgres(room);
    if (server === null) return { notAsked: 'no PostgreSQL of the system: apt-get install postgresql' };
    const sql = (database: string) => openSql(server.urlOf(database), { allows: 'any', deadlineMs: 20_000 });
    await using admin = await sql('postgres');
    const wrong: string[] = [];
    const counts = { same: 0, other: 0 };
    for (let seed = 1; seed <= SCHEMAS; seed++) {
      const { how, one, other } = schemaPair(seed);
      const seen = [];
      for (const [name, statements] of [
        ['a', one],
        ['b', other],
      ] as const) {
        await admin.query(`DROP DATABASE IF EXISTS ${name}`);
        await admin.query(`CREATE DATABASE ${name}`);
        {
          await using session = await sql(name);
          for (const statement of statements)
            await session
              .query(statement)
              .catch((error: Error) => wrong.push(`seed ${seed}: ${statement}: expected SQL that the server takes, got ${error.message}`));
        }
        // A session that has made everything knows more than one that reads it.
        await using session = await sql(name);
        seen.push({ catalogue: await readCatalogue(session), dump: await server.dump(name) });
      }
      const [a, b] = seen;
      if (a === undefined || b === undefined) continue;
      const sameDump = a.dump === b.dump;
      const differences = compareExactly(a.catalogue, b.catalogue);
      counts[sameDump ? 'same' : 'other']++;
      if (sameDump !== (differences.length === 0))
        wrong.push(
          `seed ${seed} (${how}): dumps ${sameDump ? 'are the same' : 'differ'}, catalogues ${differences.length === 0 ? 'are the same' : `differ: ${differences.slice(0, 3).map(differenceText).join('; ')}`}`,
        );
    }
    failOn(wrong);
    return { detail: `PostgreSQL ${server.version}: ${counts.same} pairs the same, ${counts.other} not; each as pg_dump has it` };
  },
};
