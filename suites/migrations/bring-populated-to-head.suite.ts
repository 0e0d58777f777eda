/** G-05: a database in use comes to head from every revision, and loses no row on the way unless it says so. */
import type { Statement } from '../case/check.ts';
import { resourceCheck } from '../case/resource-check.ts';
import { generateRows } from './generate-rows.ts';
import { MigrationFailed } from './migration-source.ts';
import { readShape } from './schema-shape.ts';
import { keptAt } from './tidy-rows.ts';
import { inSteps, openBench, serverOf, stepsOf } from './walk.ts';

export default resourceCheck({
  title: 'every revision, filled with rows as the app keeps them, comes to head',
  level: 'must',
  incidents: ['G-05'],
  of: 'databases',
  when: inSteps,
  parts: serverOf,
  deadlineMs: 600_000,
  async ask(stage) {
    await using bench = await openBench(stage);
    const { source, scratch } = bench;
    const states = await bench.walked();
    const head = states.at(-1);
    if (head === undefined) return [];
    const atHead = await head.template.use(readShape);
    const statements: Statement[] = [];
    for (const { revision, template } of stepsOf(states, stage.resource).map(({ before }) => before)) {
      const database = await scratch.create(template);
      const unfilled = await database.use((sql) => generateRows(sql, { leftOut: source.bookkeeping, alsoKeep: keptAt(atHead) }));
      const left = unfilled.length === 0 ? '' : ` (but for ${unfilled.map(({ table, why }) => `${table}: ${why}`).join('; ')})`;
      const what = `${stage.label}: database with rows${left} at ${revision ?? 'its beginning'}`;
      try {
        await source.migrate(database.url);
        statements.push({ what, expected: 'to come to head', got: 'to come to head' });
      } catch (error) {
        if (!(error instanceof MigrationFailed)) throw error;
        statements.push({
          what,
          expected: 'to come to head',
          got: error.message,
          mend: 'let the migration fill or correct the rows that are there before it demands more of them',
        });
      }
      await scratch.drop(database);
    }
    return statements;
  },
});
