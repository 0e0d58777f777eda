/** Bystanders: cases that pass whatever the other cases of the selftest do to their workers. */
import { check } from '../case/check.ts';

export default check({
  title: 'a case passes while others loop for ever or end their worker',
  level: 'must',
  deadlineMs: 2_000,
  points: () => Array.from({ length: 12 }, (_, n) => ({ n: String(n) })),
  ask: async ({ at }) => [{ what: 'n', expected: String(Number(at['n'])), got: at['n'] ?? '' }],
});
