/** The published quilt3 as a backend: what it does on every parity and interop scenario agrees with the outcomes, or is a known difference. */
import { failOn, type RealCheck } from './check.ts';
import { countsOf, crosscheckRun, wrongCases } from './crosscheck-run.ts';

/** Seen to take 125 s on two busy cores. */
const DEADLINE_MS = 600_000;

export const quilt3Referees: RealCheck = {
  name: 'quilt3 8.0.0: as backend quilt3-python',
  async run(room) {
    const run = await crosscheckRun(room, ['parity', 'interop', '--backend', 'quilt3,quilt3-python'], DEADLINE_MS);
    failOn(wrongCases(run));
    if (run.code !== 0) failOn([`exit code: expected 0, got ${run.code}`]);
    return { detail: countsOf(run) };
  },
};
