/**
 * The published quilt3 as a backend: on every scenario of packages it agrees with the outcomes, or is a known difference. Stories that break the
 * network or the token are left out: botocore retries by rules of its own, which nobody can switch off from outside, and takes minutes over them.
 */
import { operationNames } from '../../backends/operations.ts';
import { loadSuite, suitePaths } from '../../suites/case/suite-files.ts';
import { failOn, type RealCheck } from './check.ts';
import { countsOf, crosscheckRun, wrongCases } from './crosscheck-run.ts';

/** Seen to take 125 s on two busy cores. */
const DEADLINE_MS = 600_000;

const OF_PACKAGES = new Set<string>([
  'listPackages',
  'searchPackages',
  'packageInfo',
  'listRevisions',
  'browse',
  'contentUrl',
  'diff',
  'createRevision',
  'updateRevision',
  'deletePackage',
]);

/** Scenarios that use packages alone and change nothing about the target. */
async function packageScenarios(): Promise<readonly string[]> {
  const files = await Promise.all(suitePaths().map(loadSuite));
  return files.flatMap(({ scenario, suite }) => {
    if (suite.kind === 'check' || suite.only !== undefined || suite.requires?.includes('control') === true) return [];
    const operations = suite.needs.filter((need) => (operationNames as readonly string[]).includes(need));
    return operations.every((operation) => OF_PACKAGES.has(operation)) ? [scenario] : [];
  });
}

export const quilt3Referees: RealCheck = {
  name: 'quilt3 8.0.0: as backend quilt3-python, on every scenario of packages',
  async run(room) {
    const scenarios = await packageScenarios();
    const run = await crosscheckRun(room, [...scenarios, '--backend', 'quilt3,quilt3-python'], DEADLINE_MS);
    failOn(wrongCases(run));
    if (run.code !== 0) failOn([`exit code: expected 0, got ${run.code}`]);
    return { detail: `${scenarios.length} scenarios: ${countsOf(run)}` };
  },
};
