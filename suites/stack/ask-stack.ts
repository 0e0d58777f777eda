/** Asks the checks of stacks of a target, one by one, as `run` does: for their tests, which change the target or what it stands on. */
import type { Deployment, Target } from '../../fixtures/target.ts';
import type { CaseResult } from '../../reports/result.ts';
import { planCases } from '../case/plan.ts';
import { createCaseRunner } from '../case/run-case.ts';
import { loadSuite } from '../case/suite-files.ts';
import { FEATURES } from '../case/world.ts';
import { createLiveHost } from '../run/live-host.ts';

/** Runs a check (`stack-is-complete`) on the resource of a label, with what is deployed changed by `deployment`. Throws when that is no case. */
export async function askStack(target: Target, check: string, label: string, deployment: Partial<Deployment> = {}): Promise<CaseResult> {
  const changed = { ...target, deployment: { ...target.deployment, ...deployment } };
  const file = await loadSuite(`suites/stack/${check}.suite.ts`);
  const features = Object.fromEntries(FEATURES.map((feature) => [feature, true])) as Record<(typeof FEATURES)[number], true>;
  const nothingElse = { backends: [], suites: [], grep: null, tags: [], ids: null, shard: null };
  const plan = planCases([file], { target: changed, features, ...nothingElse });
  const planned = plan.find(({ parameters }) => Object.values(parameters).includes(label));
  if (planned === undefined) throw new Error(`${check} of ${label}: expected a case, got ${plan.map(({ id }) => id).join(', ')}`);
  await using host = createLiveHost({ target: changed, backends: [], contract: null, seed: 1, run: null, targetArgument: '' });
  return await createCaseRunner(host).run(planned, file.suite);
}
