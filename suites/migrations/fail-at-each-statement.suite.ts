/** G-02: a revision of which any one statement fails leaves everything as it was, and goes through the next time. */
import { openStatementProxy } from '../../backends/wire/statement-proxy.ts';
import type { Statement } from '../case/check.ts';
import { resourceCheck } from '../case/resource-check.ts';
import { readCatalogue } from './catalogue.ts';
import { compareExactly, differenceText, fewOf } from './compare-catalogues.ts';
import { compareRows, digestRows } from './digest-rows.ts';
import { filledFor } from './filled-copy.ts';
import { failureOf } from './migration-source.ts';
import { chosenOf, mostOfEach, nameStatement } from './statements-to-fail.ts';
import { openBench, serverOf, stepsOf } from './walk.ts';

export default resourceCheck({
  title: 'a revision of which a statement fails is all or nothing, and goes through when it is run again',
  level: 'must',
  incidents: ['G-02'],
  of: 'databases',
  when: { of: 'with migrations', is: ({ migrations }) => migrations !== undefined },
  parts: serverOf,
  deadlineMs: 600_000,
  async ask(stage) {
    await using bench = await openBench(stage);
    const { source, scratch } = bench;
    const states = await bench.walked();
    await using proxy = await openStatementProxy(stage.part('postgres'));
    const statements: Statement[] = [];
    const steps = stepsOf(states, stage.resource);
    for (const { before, state } of steps) {
      const to = source.steps === true ? (state.revision ?? undefined) : undefined;
      const filled = await filledFor(bench, before, state);
      let database = await scratch.create(filled);
      proxy.begin();
      await source.migrate(proxy.urlOf(database.url), to);
      const sent = [...proxy.seen];
      await scratch.drop(database);
      database = await scratch.create(filled);
      const rows = await database.use((sql) => digestRows(sql, before.catalogue, source.bookkeeping));
      let untouched = true;
      for (const at of chosenOf(sent, mostOfEach(steps.length), `${stage.label} ${state.revision}`)) {
        const what = `${stage.label}: revision ${state.revision}, statement ${at} of ${sent.length} made to fail (${nameStatement(sent[at - 1] ?? '')})`;
        proxy.begin(at);
        const told = await failureOf(source.migrate(proxy.urlOf(database.url), to));
        const half = await database.use(async (sql) => [
          ...compareExactly((told === null ? state : before).catalogue, await readCatalogue(sql), source.bookkeeping).map(differenceText),
          ...(told === null ? [] : compareRows(rows, await digestRows(sql, before.catalogue, source.bookkeeping))),
        ]);
        const got = half.length === 0 ? 'all or nothing' : `half applied: ${fewOf(half, '')}`;
        const mend = `run ${state.revision} in one transaction, or let each of its statements bear to be run again`;
        statements.push({ what, expected: 'all or nothing', got, mend });
        untouched = told !== null && half.length === 0;
        // What is as it was before serves for the next; what is not, shows whether it goes through, and goes.
        if (untouched) continue;
        statements.push(await runAgain(`${what}, run again`));
        await scratch.drop(database);
        database = await scratch.create(filled);
      }
      if (untouched) statements.push(await runAgain(`${stage.label}: revision ${state.revision}, run again after ${sent.length} failures`));
      await scratch.drop(database);
      await scratch.drop(filled);

      async function runAgain(what: string): Promise<Statement> {
        proxy.begin();
        const failure = await failureOf(source.migrate(proxy.urlOf(database.url), to));
        return { what, expected: 'to succeed', got: failure?.message ?? 'to succeed' };
      }
    }
    return statements;
  },
});
