/** G-01, G-02: the history, walked from an empty database, comes to its one head. */
import { resourceCheck } from '../case/resource-check.ts';
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
    const { states, failure } = await bench.walk();
    return [
      {
        what: `${stage.label}: migration ${failure?.at ?? states.at(-1)?.revision} of an empty database`,
        expected: 'to succeed',
        got: failure === null ? 'to succeed' : failure.error.message,
        mend: 'a release would stop here; correct the migration before it is applied anywhere',
      },
    ];
  },
});
