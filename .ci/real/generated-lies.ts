/** The generated lies, told on the embedded target: every one that can be told must be caught. */
import { startEmbeddedChild } from '../../fixtures/embedded-child.ts';
import { targetOfLine } from '../../fixtures/target.ts';
import { runLies } from '../../suites/lies/run-lies.ts';
import { DEFAULT_BACKENDS, loadBackends } from '../../suites/run/backends.ts';
import { contractOf } from '../../suites/run/contract-of.ts';
import { failOn, type RealCheck } from './check.ts';

export const generatedLies: RealCheck = {
  name: 'generated lies: every field of every value and error, lied about alone, is caught on both backends',
  async run() {
    await using child = await startEmbeddedChild();
    const target = targetOfLine(child.line);
    const { contract } = await contractOf(target);
    const reports = await runLies(target, await loadBackends(DEFAULT_BACKENDS), contract, 1);
    failOn(
      reports.flatMap(({ backend, uncaught, stale, dishonest }) => [
        ...uncaught.map(
          ({ name, told }) =>
            `${backend}: ${name}: expected to be caught, got ${told === 0 ? 'no case with anything to lie about' : `${told} cases that believed it`}`,
        ),
        ...stale.map((lie) => `${backend}: waiver of ${lie}: expected a lie that nobody can tell, got none such`),
        ...dishonest.map((id) => `${backend}: ${id}`),
      ]),
    );
    return {
      detail: reports
        .map(({ backend, lies, caught, waived }) => `${backend}: ${lies} lies, ${caught} caught, ${waived.length} waived`)
        .join('; '),
    };
  },
};
