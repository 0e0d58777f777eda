/** G-06: seeding and synchronising give the same rows however often and in whatever order they run. */
import { resolve } from 'node:path';
import type { Statement } from '../case/check.ts';
import { resourceCheck } from '../case/resource-check.ts';
import type { Catalogue } from './catalogue.ts';
import { fewOf } from './compare-catalogues.ts';
import { compareRows, digestRows } from './digest-rows.ts';
import { failureOf } from './migration-source.ts';
import { runCommand } from './run-command.ts';
import { runSqlFile } from './run-sql-file.ts';
import type { ScratchDatabase } from './scratch.ts';
import { type DatabaseStage, openBench, serverOf } from './walk.ts';

export default resourceCheck({
  title: 'seeding and sync give the same rows when they run twice, and in any order',
  level: 'must',
  incidents: ['G-06'],
  of: 'databases',
  when: { of: 'with migrations and sync', is: ({ migrations, sync }) => migrations !== undefined && sync.length > 0 },
  parts: serverOf,
  deadlineMs: 120_000,
  async ask(stage) {
    await using bench = await openBench(stage);
    const head = (await bench.walked()).at(-1);
    if (head === undefined) return [];
    const leftOut = bench.source.bookkeeping;
    const order = stage.resource.sync;
    const statements: Statement[] = [];
    const run = async (database: ScratchDatabase, commands: typeof order, how: string): Promise<void> => {
      for (const one of commands) {
        const failure = await failureOf(runSync(stage, database, one));
        const what = `${stage.label}: ${typeof one === 'string' ? one : one.sql} ${how}`;
        statements.push({
          what,
          expected: 'to succeed',
          got: failure?.message ?? 'to succeed',
          mend: 'put in parents before children, and what is there already not at all',
        });
      }
    };
    const first = await bench.scratch.create(head.template);
    await run(first, order, 'on an empty database');
    // When it was done is no part of what was done.
    const moments = columnsOf(head.catalogue, ({ type = '' }) => /^(?:timestamp|date|time)/.test(type));
    const digest = (database: ScratchDatabase, without: ReadonlySet<string>) =>
      database.use((sql) => digestRows(sql, head.catalogue, leftOut, without));
    const once = await digest(first, moments);
    await run(first, order, 'a second time');
    const hold = (what: string, differences: readonly string[], mend: string) =>
      statements.push({
        what: `${stage.label}: ${what}`,
        expected: 'the same rows',
        got: fewOf(differences, 'the same rows'),
        mend,
      });
    hold(
      'rows after all ran twice',
      compareRows(once, await digest(first, moments)),
      'let it find its row by what names it, and put in none that is there',
    );
    if (order.length > 1) {
      // Numbers that the database gives depend on the order, and so does who refers to them.
      const given = new Set([...moments, ...columnsOf(head.catalogue, isGiven), ...referring(head.catalogue)]);
      const second = await bench.scratch.create(head.template);
      await run(second, [...order].reverse(), 'in the reverse order');
      hold(
        'rows after all ran in the reverse order',
        compareRows(await digest(first, given), await digest(second, given)),
        'let each bring the parents that its rows need',
      );
    }
    return statements;
  },
});

async function runSync(stage: DatabaseStage, database: ScratchDatabase, one: DatabaseStage['resource']['sync'][number]): Promise<void> {
  const { resource, target } = stage;
  if (typeof one === 'string') {
    const options = {
      folder: resolve(target.folder, resource.folder),
      environment: resource.environment,
      deadlineMs: resource.deadlineSeconds * 1_000,
      secrets: Object.values(target.secrets),
    };
    await runCommand(one, database.url, options);
    return;
  }
  await database.use((sql) => runSqlFile(sql, resolve(target.folder, one.sql)));
}

function columnsOf(catalogue: Catalogue, is: (facts: Readonly<Record<string, string>>) => boolean): ReadonlySet<string> {
  return new Set([...catalogue.values()].filter(({ kind, facts }) => kind === 'column' && is(facts)).map(({ name }) => name));
}

const isGiven = ({ identity, default: value = '' }: Readonly<Record<string, string>>) =>
  identity !== undefined || /^(?:nextval|gen_random_uuid|uuid_generate)/.test(value);

/** Columns of foreign keys. */
const referring = (catalogue: Catalogue) =>
  [...catalogue.values()].flatMap(({ table, facts }) =>
    facts['form'] === 'f' && table !== null
      ? (/^FOREIGN KEY \(([^)]*)\)/.exec(facts['definition'] ?? '')?.[1] ?? '').split(', ').map((column) => `${table}.${column}`)
      : [],
  );
