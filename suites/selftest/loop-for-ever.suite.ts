/** A case that no deadline of its own process can interrupt: it is broken, and the cases around it still run. */
import { check } from '../case/check.ts';

export default check({
  title: 'a case that loops for ever is broken, alone',
  level: 'must',
  deadlineMs: 1_000,
  points: () => [{ does: 'pass' }, { does: 'loop' }, { does: 'pass-too' }],
  async ask({ at }) {
    while (at['does'] === 'loop') Math.random();
    return [{ what: 'end', expected: 'reached', got: 'reached' }];
  },
});
