/** G-07: each revision has a way down, which brings back schema and rows, and a way up again to the same. */
import type { Statement } from '../case/check.ts';
import { resourceCheck } from '../case/resource-check.ts';
import { readCatalogue } from './catalogue.ts';
import { compareExactly, differenceText, fewOf } from './compare-catalogues.ts';
import { compareRows, digestRows } from './digest-rows.ts';
import { filledFor } from './filled-copy.ts';
import { MigrationFailed } from './migration-source.ts';
import { openBench, serverOf, stepsOf, type WalkedState } from './walk.ts';

export default resourceCheck({
  title: 'up, down and up again leaves schema and rows as they were',
  level: 'must',
  incidents: ['G-07'],
  of: 'databases',
  when: {
    of: 'with migrations that have a way down',
    is: ({ migrations, forwardOnly }) => migrations !== undefined && migrations.kind !== 'none' && !forwardOnly,
  },
  parts: serverOf,
  deadlineMs: 600_000,
  async ask(stage) {
    await using bench = await openBench(stage);
    const { source, scratch } = bench;
    const states = await bench.walked();
    const statements: Statement[] = [];
    for (const { before, state } of stepsOf(states, stage.resource)) {
      const { revision, catalogue } = state;
      if (revision === null || stage.resource.irreversible.includes(revision)) continue;
      const database = await filledFor(bench, before, state);
      const look = (at: Pick<WalkedState, 'catalogue'>) => database.use((sql) => digestRows(sql, at.catalogue, source.bookkeeping));
      const rowsBefore = await look(before);
      const hold = (what: string, differences: readonly string[], mend: string) =>
        statements.push({
          what: `${stage.label}: ${what}`,
          expected: 'as before',
          got: fewOf(differences, 'as before'),
          mend,
        });
      try {
        await source.migrate(database.url, revision);
        await source.revert(database.url, before.revision);
        const down = await database.use(readCatalogue);
        hold(
          `schema after revision ${revision} was taken back`,
          compareExactly(before.catalogue, down, source.bookkeeping).map(differenceText),
          `correct the way down of ${revision}`,
        );
        hold(
          `rows after revision ${revision} was taken back`,
          compareRows(rowsBefore, await look(before)),
          `keep the rows in the way down of ${revision}, or name it below \`irreversible\``,
        );
        await source.migrate(database.url, revision);
        const again = await database.use(readCatalogue);
        hold(
          `schema after revision ${revision} was applied again`,
          compareExactly(catalogue, again, source.bookkeeping).map(differenceText),
          `let the way down of ${revision} take back all that it made`,
        );
      } catch (error) {
        if (!(error instanceof MigrationFailed)) throw error;
        statements.push({
          what: `${stage.label}: revision ${revision} up, down and up again`,
          expected: 'to succeed',
          got: error.message,
          mend: `write the way down of ${revision}, or name it below \`irreversible\``,
        });
      }
      await scratch.drop(database);
    }
    return statements;
  },
});
