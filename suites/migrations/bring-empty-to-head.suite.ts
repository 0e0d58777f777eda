/** G-14: the history brings an empty database to its head, and to the same one in whichever strides: a release goes in one, developers went one by one. */
import type { Statement } from '../case/check.ts';
import { resourceCheck } from '../case/resource-check.ts';
import { readCatalogue } from './catalogue.ts';
import { compareExactly, differenceText, fewOf } from './compare-catalogues.ts';
import { failureOf } from './migration-source.ts';
import { openBench, serverOf } from './walk.ts';

export default resourceCheck({
  title: 'an empty database comes to head, a revision at a time and in one go, and is the same then',
  level: 'must',
  incidents: ['G-14'],
  of: 'databases',
  when: { of: 'with migrations', is: ({ migrations }) => migrations !== undefined },
  parts: serverOf,
  deadlineMs: 600_000,
  async ask(stage) {
    await using bench = await openBench(stage);
    const { source, scratch } = bench;
    const { states, failure } = await bench.walk();
    const [begin, head] = [states[0], states.at(-1)];
    const hold = (what: string, expected: string, got: string, mend: string): Statement => ({
      what: `${stage.label}: ${what}`,
      expected,
      got,
      mend,
    });
    const stops = 'a release would stop here; correct the migration before it is applied anywhere';
    const onlyInOneGo = source.steps === true ? '' : ` in one go (${source.steps})`;
    const what = `migration ${failure?.at ?? head?.revision} of an empty database${onlyInOneGo}`;
    const walked = hold(what, 'to succeed', failure?.error.message ?? 'to succeed', stops);
    if (failure !== null || source.steps !== true || begin === undefined || head === undefined) return [walked];
    const database = await scratch.create(begin.template);
    const stopped = await failureOf(source.migrate(database.url));
    const inOneGo = hold('migration of an empty database in one go', 'to succeed', stopped?.message ?? 'to succeed', stops);
    if (stopped !== null) return [walked, inOneGo];
    const differences = compareExactly(head.catalogue, await database.use(readCatalogue), source.bookkeeping).map(differenceText);
    const same = 'as a revision at a time leaves it';
    const mend = 'let no revision leave settings (`SET search_path`) to those that follow it in the same session';
    return [walked, inOneGo, hold('schema after all revisions in one go', same, fewOf(differences, same), mend)];
  },
});
