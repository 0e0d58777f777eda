/** The sample app of an embedded target of ours starts when a case of the plan asks it; only then are its URLs and secrets known. */
import { appDeployment } from '../../fixtures/app-part.ts';
import { appOf } from '../../fixtures/control-client.ts';
import type { Target } from '../../fixtures/target.ts';
import type { PlannedCase } from '../../reports/result.ts';

/** The target with its app running, where the plan has a case of it; else the target as it is. Throws ControlError. */
export async function withApp<T extends Target>(target: T, plan: readonly PlannedCase[], variant?: string): Promise<T> {
  if (target.kind !== 'embedded' || target.controlUrl === null) return target;
  if (!plan.some(({ parameters, unsupported }) => 'oauthApps' in parameters && unsupported === null)) return target;
  const { oauthApps, secrets } = appDeployment(await appOf(target.controlUrl, variant));
  return { ...target, deployment: { ...target.deployment, oauthApps }, secrets: { ...target.secrets, ...secrets } };
}
