/** G-15: a statement that fails while the app starts ends the start, or does no harm to any later request. */
import { openStatementProxy } from '../../backends/wire/statement-proxy.ts';
import type { Resource } from '../../fixtures/target.ts';
import type { Statement } from '../case/check.ts';
import { resourceCheck } from '../case/resource-check.ts';
import { startApp } from './start-app.ts';
import { startDatabases } from './start-databases.ts';
import { chosenOf, nameStatement } from './statements-to-fail.ts';
import { openBench, serverOf } from './walk.ts';

/** As many starts as this are tried: each is a process. */
const MOST_STARTS = 16;

export default resourceCheck({
  title: 'a statement that fails at start does not poison later requests',
  level: 'must',
  incidents: ['G-15'],
  of: 'databases',
  when: {
    of: 'with migrations and a start that names routes',
    is: ({ migrations, start }: Resource<'databases'>) => migrations !== undefined && (start?.routes.length ?? 0) > 0,
  },
  parts: serverOf,
  deadlineMs: 180_000,
  async ask(stage) {
    await using bench = await openBench(stage);
    const current = (await startDatabases(stage, bench)).at(-1);
    if (current === undefined) return [];
    const routes = stage.resource.start?.routes ?? [];
    const database = await current.make();
    await using proxy = await openStatementProxy(stage.part('postgres'));
    const statements: Statement[] = [];
    const askRoutes = async (fail?: number): Promise<readonly string[]> => {
      proxy.begin(fail, { reads: true });
      await using app = await startApp(stage, proxy.urlOf(database.url));
      const sent = [...proxy.seen];
      const what =
        fail === undefined ? 'after a start' : `after statement ${fail} of the start failed (${nameStatement(sent[fail - 1] ?? '')})`;
      // An app that will not start is seen by whoever starts it.
      if (app.failure !== null && fail !== undefined) {
        statements.push({ what: `${stage.label}: ${what}`, expected: 'no start', got: 'no start' });
        return sent;
      }
      for (const route of routes) {
        const got = app.failure ?? (await app.ask('GET', route));
        const held = /^[1-4]\d\d$/.test(got) ? 'below 500' : got;
        const mend = 'roll the session back, or give it up, where a statement failed';
        statements.push({ what: `${stage.label}: GET ${route} ${what}`, expected: 'below 500', got: held, mend });
      }
      return sent;
    };
    const sent = await askRoutes();
    for (const at of chosenOf(sent, MOST_STARTS, `${stage.label} start`)) await askRoutes(at);
    return statements;
  },
});
