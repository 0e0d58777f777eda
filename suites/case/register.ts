/**
 * Vitest's set-up file of the projects of suites: registers one ordinary test for each planned case of the file that is about to be collected,
 * so that filter, watch, explorer and debugger work. Verdicts are written to the worker's own store file; what vitest counts is never read.
 */
import { expect, test } from 'vitest';
import { endingOf, tellAllure } from '../../reports/allure-in-vitest.ts';
import { openWorker } from '../run/worker.ts';

const path = expect.getState().testPath;
if (path === undefined) throw new Error('register: expected vitest to say which file it collects, got nothing');
const worker = await openWorker();
const { suite, cases } = await worker.casesOf(path);

for (const planned of cases) {
  test(planned.id, { timeout: planned.deadlineMs + 30_000 }, async ({ skip }) => {
    const result = await worker.run(planned, suite);
    await tellAllure(planned, result);
    const ending = endingOf(result);
    if (ending === null) return;
    if ('skip' in ending) skip(ending.skip);
    else throw ending.error;
  });
}
