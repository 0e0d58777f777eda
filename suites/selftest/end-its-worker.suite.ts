/** A case whose worker is killed in the middle of it, as the kernel does when memory is short: it is broken, and the cases around it still run. */
import { check } from '../case/check.ts';

export default check({
  title: 'a case whose worker is killed is broken, alone',
  level: 'must',
  deadlineMs: 1_000,
  points: () => [{ does: 'pass' }, { does: 'die' }, { does: 'pass-too' }],
  async ask({ at }) {
    if (at['does'] === 'die') process.kill(process.pid, 'SIGKILL');
    return [{ what: 'end', expected: 'reached', got: 'reached' }];
  },
});
