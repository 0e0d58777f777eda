/** G-10: an endpoint that recreates a table is the administrator's, knows which tables it may, and puts back all that was there. Never on a deployed database. */
import type { Resource } from '../../fixtures/target.ts';
import type { Statement } from '../case/check.ts';
import { CheckBroken, resourceCheck } from '../case/resource-check.ts';
import { readCatalogue } from './catalogue.ts';
import { compareExactly, differenceText, fewOf } from './compare-catalogues.ts';
import { compareRows, digestRows } from './digest-rows.ts';
import { startApp } from './start-app.ts';
import { startDatabases } from './start-databases.ts';
import { openBench, serverOf } from './walk.ts';

export default resourceCheck({
  title: 'an endpoint that recreates a table refuses others and other tables, and loses neither rows nor foreign keys',
  level: 'must',
  incidents: ['G-10'],
  of: 'databases',
  when: {
    of: 'with a start and an endpoint that recreates a table',
    is: ({ migrations, start, recreate }: Resource<'databases'>) =>
      migrations !== undefined && start !== undefined && recreate !== undefined,
  },
  parts: serverOf,
  deadlineMs: 120_000,
  async ask(stage) {
    const { recreate } = stage.resource;
    if (recreate === undefined) return [];
    await using bench = await openBench(stage);
    const database = await (await startDatabases(stage, bench)).at(-1)?.make();
    if (database === undefined) return [];
    await using app = await startApp(stage, database.url);
    if (app.failure !== null)
      throw new CheckBroken(`start: expected to answer, got ${app.failure}; see migrations/start-cold/databases:${stage.label}`);
    const look = () =>
      database.use(async (sql) => {
        const catalogue = await readCatalogue(sql);
        return { catalogue, rows: await digestRows(sql, catalogue, bench.source.bookkeeping) };
      });
    const before = await look();
    const statements: Statement[] = [];
    const { method, path, body, administrator, user, table, unlisted } = recreate;
    const ask = async (who: string, authorization: string | null, name: string, accepted: readonly string[], mend: string) => {
      const headers = authorization === null ? {} : { authorization };
      const got = await app.ask(method, path.replaceAll('{table}', encodeURIComponent(name)), headers, body?.replaceAll('{table}', name));
      const what = `${stage.label}: ${method} ${path} for ${name} ${who}`;
      const expected = accepted.join(' or ');
      const isAccepted = accepted.includes(got) || accepted.includes(got.replace(/^2\d\d$/, '2xx'));
      statements.push({ what, expected, got: isAccepted ? expected : got, mend });
      const after = await look();
      const changed = [...compareExactly(before.catalogue, after.catalogue).map(differenceText), ...compareRows(before.rows, after.rows)];
      statements.push({
        what: `${what}: catalogue and rows after it`,
        expected: 'as before',
        got: fewOf(changed, 'as before'),
        mend: 'put back rows, indexes and the foreign keys that CASCADE dropped, in one transaction',
      });
    };
    await ask('without a token', null, table, ['401'], 'ask for a token before anything else');
    await ask('with the token of somebody else', user, table, ['403'], 'let the administrator alone in');
    await ask(
      'by the administrator, which it must refuse',
      administrator,
      unlisted,
      ['400', '403', '404', '422'],
      'take the tables of a list, and no other name',
    );
    await ask('by the administrator', administrator, table, ['2xx'], 'let it answer 2xx where it did its work');
    await ask('by the administrator, a second time', administrator, table, ['2xx'], 'let it bear to be called again');
    return statements;
  },
});
