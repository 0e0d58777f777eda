/** G-05: a revision that brings a constraint deals with the rows that break it: orphans, doubles, nothing where something must be. */
import type { Statement } from '../case/check.ts';
import { resourceCheck } from '../case/resource-check.ts';
import { generateRows } from './generate-rows.ts';
import { MigrationFailed } from './migration-source.ts';
import { newConstraints } from './new-constraints.ts';
import { readShape } from './schema-shape.ts';
import { keptAt } from './tidy-rows.ts';
import { openBench, serverOf, stepsOf } from './walk.ts';

export default resourceCheck({
  title: 'a revision that brings a constraint mends or removes the rows that break it',
  level: 'must',
  incidents: ['G-05'],
  of: 'databases',
  when: { of: 'with migrations that go a step at a time', is: ({ migrations }) => migrations !== undefined && migrations.kind !== 'none' },
  parts: serverOf,
  deadlineMs: 600_000,
  async ask(stage) {
    await using bench = await openBench(stage);
    const { source, scratch } = bench;
    const states = await bench.walked();
    const statements: Statement[] = [];
    for (const { before, state: next } of stepsOf(states, stage.resource)) {
      const { revision, template } = before;
      if (next.revision === null) continue;
      const [now, later] = [await template.use(readShape), await next.template.use(readShape)];
      const brought = newConstraints(now, later, stage.resource.guaranteed);
      if (brought.length === 0)
        statements.push({
          what: `${stage.label}: revision ${next.revision} brings no constraint for rows that are there`,
          expected: 'none',
          got: 'none',
        });
      for (const constraint of brought) {
        const database = await scratch.create(template);
        const rows = await database.use(async (sql) => {
          await generateRows(sql, { leftOut: source.bookkeeping, alsoKeep: keptAt(later) });
          return (await constraint.breakOne(sql)) ? constraint.breaking(sql) : 0;
        });
        const what = `${stage.label}: revision ${next.revision} on ${rows} row that breaks ${constraint.name} (${constraint.demands}), kept since ${revision ?? 'the beginning'}`;
        try {
          if (rows > 0) await source.migrate(database.url, next.revision);
          statements.push({ what, expected: 'to succeed', got: 'to succeed' });
        } catch (error) {
          if (!(error instanceof MigrationFailed)) throw error;
          const mend = `mend or remove such rows in ${next.revision} before the constraint; where the app never made any, name ${constraint.name} below \`guaranteed\``;
          statements.push({ what, expected: 'to succeed', got: error.message, mend });
        }
        await scratch.drop(database);
      }
    }
    return statements;
  },
});
