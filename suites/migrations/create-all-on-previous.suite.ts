/** G-16: an app without migrations makes what is not there when it starts, which adds tables, and no column to an old one. */
import type { Resource } from '../../fixtures/target.ts';
import { resourceCheck } from '../case/resource-check.ts';
import { readCatalogue } from './catalogue.ts';
import { driftBetween, missingIn, shapeOf } from './compare-shapes.ts';
import { compareRows, digestRows } from './digest-rows.ts';
import { generateRows } from './generate-rows.ts';
import { failureOf } from './migration-source.ts';
import { qualifyTable } from './qualify-table.ts';
import { makeReference } from './reference.ts';
import { openBench, serverOf } from './walk.ts';

export default resourceCheck({
  title: 'a database of the previous release is that of this one after this one has started on it',
  level: 'must',
  incidents: ['G-16'],
  of: 'databases',
  when: {
    of: 'without a migration tool, with a previous release',
    is: ({ migrations, previous }: Resource<'databases'>) => migrations?.kind === 'none' && previous !== undefined,
  },
  parts: serverOf,
  deadlineMs: 120_000,
  async ask(stage) {
    const { previous } = stage.resource;
    if (previous === undefined) return [];
    await using bench = await openBench(stage);
    const fresh = (await bench.walked()).at(-1);
    if (fresh === undefined) return [];
    const database = await makeReference(stage, bench, previous, `databases.${stage.label}.previous`);
    const before = await database.use(async (sql) => {
      await generateRows(sql, { leftOut: [] });
      const catalogue = await readCatalogue(sql);
      return { catalogue, rows: await digestRows(sql, catalogue, []) };
    });
    const failure = await failureOf(bench.source.migrate(database.url));
    const after = await database.use(async (sql) => ({
      catalogue: await readCatalogue(sql),
      rows: await digestRows(sql, before.catalogue, []),
    }));
    const keeps = previous.keeps.map(qualifyTable);
    const [wanted, got] = [shapeOf(fresh.catalogue, keeps), shapeOf(after.catalogue, keeps)];
    const differences = [...missingIn(wanted, got), ...driftBetween(wanted, got)];
    const lost = compareRows(before.rows, after.rows);
    const mend = 'create_all adds no column to a table that is there: write a migration for it';
    return [
      {
        what: `${stage.label}: start of this release on a database of the previous one`,
        expected: 'to succeed',
        got: failure?.message ?? 'to succeed',
        mend,
      },
      { what: `${stage.label}: rows of the previous release after it`, expected: 'as before', got: lost.join('; ') || 'as before', mend },
      ...differences.map(({ what, ...held }) => ({ what: `${stage.label}: ${what} after it`, ...held, mend })),
    ];
  },
});
