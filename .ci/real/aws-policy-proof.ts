/** Under the policy that a run prints its verdicts are the same; with any one action taken out exactly the cases that called by it are broken. */
import { AWS_ACTIONS } from '../../backends/wire/aws-actions.ts';
import { createAwsControl } from '../../fixtures/aws-control-client.ts';
import { startEmbeddedChild } from '../../fixtures/embedded-child.ts';
import { targetOfLine } from '../../fixtures/target.ts';
import type { CaseResult } from '../../reports/result.ts';
import { planCases } from '../../suites/case/plan.ts';
import { createCaseRunner } from '../../suites/case/run-case.ts';
import { loadSuite, suitePaths } from '../../suites/case/suite-files.ts';
import { awsPolicyOf } from '../../suites/run/aws-policy.ts';
import { featuresOf } from '../../suites/run/features.ts';
import { createLiveHost } from '../../suites/run/live-host.ts';
import { withApp } from '../../suites/run/with-app.ts';
import { failOn, type RealCheck } from './check.ts';

interface Policy {
  readonly Statement: readonly { readonly Action: readonly string[] }[];
}

/** Runs the stack suite on the embedded AWS once as it is, once under its policy, and once without each action of it. */
export const awsPolicyProof: RealCheck = { name: 'aws policy: the stack suite under what it prints', run: prove };

async function prove() {
  await using child = await startEmbeddedChild();
  const control = createAwsControl(child.line.controlUrl);
  const described = targetOfLine(child.line);
  const files = await Promise.all(
    suitePaths(['stack'])
      .filter((path) => path.startsWith('suites/stack/'))
      .map(loadSuite),
  );
  const nothingElse = { backends: [], suites: ['stack'], grep: null, tags: [], ids: null, shard: null };
  const plan = planCases(files, { target: described, features: featuresOf(described), ...nothingElse });
  const target = await withApp(described, plan);
  const suites = new Map(files.map(({ scenario, suite }) => [scenario, suite]));

  const run = async (): Promise<readonly CaseResult[]> => {
    // A host of its own, so that nothing is known from a run before.
    await using host = createLiveHost({ target, backends: [], contract: null, seed: 1, run: null, targetArgument: '' });
    const runner = createCaseRunner(host);
    const results: CaseResult[] = [];
    for (const planned of plan) {
      const suite = suites.get(planned.scenario);
      if (suite !== undefined) results.push(await runner.run(planned, suite));
    }
    return results;
  };
  const verdicts = (results: readonly CaseResult[]) => results.map(({ id, verdict }) => `${id} ${verdict}`);
  const actionsOf = ({ calls }: CaseResult): readonly string[] =>
    Object.keys(calls).flatMap((call) => AWS_ACTIONS[call.split(' ')[1] ?? ''] ?? []);

  const findings: string[] = [];
  const same = (what: string, expected: readonly string[], got: readonly string[]) => {
    const lacks = expected.filter((one) => !got.includes(one));
    const extra = got.filter((one) => !expected.includes(one));
    if (lacks.length + extra.length > 0)
      findings.push(`${what}: expected also ${lacks.join(', ') || 'nothing'}, got also ${extra.join(', ') || 'nothing'}`);
  };
  const clean = await run();
  same(
    'healthy',
    [],
    clean.filter(({ verdict }) => !['passed', 'unsupported'].includes(verdict)).map(({ id, message }) => `${id}: ${message}`),
  );
  const policy = awsPolicyOf(clean.map((result) => ({ result }))) as Policy;
  const actions = policy.Statement[0]?.Action ?? [];
  await control.policy(policy);
  same('under the printed policy', verdicts(clean), verdicts(await run()));
  for (const action of actions) {
    const left = actions.filter((one) => one !== action);
    await control.policy({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: left, Resource: '*' }] });
    const broken = (await run()).flatMap(({ id, verdict, message = '' }) =>
      verdict === 'broken' || verdict === 'failed' ? [`${id} ${verdict}${verdict === 'failed' ? `: ${message}` : ''}`] : [],
    );
    const its = clean.filter((result) => actionsOf(result).includes(action)).map(({ id }) => `${id} broken`);
    same(`without ${action}`, its, broken);
  }
  const { refused } = await control.calls();
  same('calls that change something', [], Object.keys(refused));
  failOn(findings);
  return { detail: `${plan.length} cases; same verdicts under ${actions.length} actions; without each of them exactly its cases broken` };
}
