/** G-05: a revision that brings a constraint deals with the rows that break it: orphans, doubles, nothing where something must be. */
import type { Statement } from '../case/check.ts';
import { resourceCheck } from '../case/resource-check.ts';
import { generateRows } from './generate-rows.ts';
import { failureOf } from './migration-source.ts';
import { newConstraints } from './new-constraints.ts';
import { readShape } from './schema-shape.ts';
import { keptAt } from './tidy-rows.ts';
import { inSteps, openBench, serverOf, stepsOf } from './walk.ts';

export default resourceCheck({
  title: 'a revision that brings a constraint mends or removes the rows that break it',
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
          await constraint.breakOne(sql);
          return constraint.breaking(sql);
        });
        const failure = await failureOf(source.migrate(database.url, next.revision));
        statements.push({
          what: `${stage.label}: revision ${next.revision} on ${breakingRows(rows)} ${constraint.name} (${constraint.demands}), kept since ${revision ?? 'the beginning'}`,
          expected: 'to succeed',
          got: failure?.message ?? 'to succeed',
          mend:
            rows === 0
              ? `let ${next.revision} bear rows that keep all that it demands`
              : `mend or remove such rows in ${next.revision} before the constraint; where the app never made any, name ${constraint.name} below \`guaranteed\``,
        });
        await scratch.drop(database);
      }
    }
    return statements;
  },
});

/** Where no row could be made to break it, the message says that none was there. */
function breakingRows(rows: number): string {
  if (rows === 0) return 'rows of which none could be made to break';
  return rows === 1 ? '1 row that breaks' : `${rows} rows that break`;
}
