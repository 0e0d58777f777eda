/** Runs the suite `oauth` on an app in this process: the same plan, cases and verdicts as `run oauth --target fixtures/targets/sample-app-oauth.yaml`. */
import { join } from 'node:path';
import { type AppPart, variablesOf } from '../../fixtures/app-part.ts';
import type { Target } from '../../fixtures/target.ts';
import { readTargetFile } from '../../fixtures/target-file.ts';
import type { CaseResult, PlannedCase } from '../../reports/result.ts';
import { planCases } from '../../suites/case/plan.ts';
import { createCaseRunner } from '../../suites/case/run-case.ts';
import { loadSuite, root, suitePaths } from '../../suites/case/suite-files.ts';
import { featuresOf } from '../../suites/run/features.ts';
import { createLiveHost } from '../../suites/run/live-host.ts';
import { EVERYTHING } from '../../suites/run/selection.ts';

/** The name of the check (`pkce-is-s256`) → what came of it. */
export type Verdicts = ReadonlyMap<string, CaseResult>;

/** Asks every check of OAuth apps, or those of `names`, of the app that the part describes. */
export function runOAuth(part: AppPart, names?: readonly string[]): Promise<Verdicts> {
  return runOAuthOn(readTargetFile(join(root, 'fixtures/targets/sample-app-oauth.yaml'), variablesOf(part)), names);
}

/** Asks every check of OAuth apps, or those of `names`, of the one app of a target. */
export async function runOAuthOn(target: Target, names?: readonly string[]): Promise<Verdicts> {
  const files = await Promise.all(
    suitePaths(['oauth'])
      .filter((path) => path.startsWith('suites/oauth/'))
      .map(loadSuite),
  );
  const resourceFiles = files.filter(({ suite }) => suite.kind === 'resource');
  const plan = planCases(resourceFiles, { ...EVERYTHING, target, backends: [], features: featuresOf(target) });
  await using host = createLiveHost({ target, backends: [], contract: null, seed: 1, run: null, targetArgument: '' });
  const runner = createCaseRunner(host);
  const nameOf = ({ scenario }: PlannedCase) => scenario.replace('oauth/', '');
  const verdicts = new Map<string, CaseResult>();
  for (const planned of plan) {
    if (names !== undefined && !names.includes(nameOf(planned))) continue;
    const { suite } = await loadSuite(planned.file);
    verdicts.set(nameOf(planned), await runner.run(planned, suite));
  }
  return verdicts;
}
