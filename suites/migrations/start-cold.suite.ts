/** G-14, G-13: the app starts on an empty database, on that of the release before and on its own, and the rows that it demands are there then. */
import type { Resource } from '../../fixtures/target.ts';
import type { Statement } from '../case/check.ts';
import { resourceCheck } from '../case/resource-check.ts';
import { startApp } from './start-app.ts';
import { startDatabases } from './start-databases.ts';
import { openBench, serverOf } from './walk.ts';

export default resourceCheck({
  title: 'the app starts on an empty, a previous and a current database, and what it requires is in it then',
  level: 'must',
  incidents: ['G-13', 'G-14'],
  of: 'databases',
  when: {
    of: 'with migrations and a start',
    is: ({ migrations, start }: Resource<'databases'>) => migrations !== undefined && start !== undefined,
  },
  parts: serverOf,
  deadlineMs: 120_000,
  async ask(stage) {
    await using bench = await openBench(stage);
    const statements: Statement[] = [];
    for (const { name, make } of await startDatabases(stage, bench)) {
      const database = await make();
      await using app = await startApp(stage, database.url);
      const mend = 'let its start migrate before anything is read, and one instance at a time';
      statements.push({ what: `${stage.label}: start on ${name}`, expected: 'to answer', got: app.failure ?? 'to answer', mend });
      if (app.failure !== null) continue;
      for (const [row, query] of Object.entries(stage.resource.start?.requires ?? {})) {
        const [found] = await database.use((sql) => sql.query(query));
        const got = found === undefined ? 'no row' : String(Object.values(found)[0]);
        statements.push({
          what: `${stage.label}: ${row} after a start on ${name}`,
          expected: 'true',
          got,
          mend: 'let its start put in what the configuration demands, also where the database was there before',
        });
      }
    }
    return statements;
  },
});
