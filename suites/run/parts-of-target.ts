/** Parts of the embedded target that only start when a planned case asks for them. */
import { appDeployment } from '../../fixtures/app-part.ts';
import { appOf } from '../../fixtures/control-client.ts';
import type { Target } from '../../fixtures/target.ts';
import type { PlannedCase } from '../../reports/result.ts';

/** The target with where the sample app is, started if a case of the plan asks it. Throws ControlError. */
export async function withParts(target: Target, plan: readonly PlannedCase[]): Promise<Target> {
  if (target.kind !== 'embedded' || target.controlUrl === null) return target;
  if (!plan.some(({ parameters, unsupported }) => parameters['oauthApps'] !== undefined && unsupported === null)) return target;
  const { oauthApps, secrets } = appDeployment(await appOf(target.controlUrl));
  return { ...target, deployment: { ...target.deployment, oauthApps }, secrets: { ...target.secrets, ...secrets } };
}
