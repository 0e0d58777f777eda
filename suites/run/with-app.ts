/** The sample app of an embedded target of ours starts when a case of the plan asks it; only then are its URLs and secrets known. */
import { UNSTARTED_APP } from '../../fixtures/app-part.ts';
import { appOf } from '../../fixtures/control-client.ts';
import { embeddedDeployment } from '../../fixtures/embedded-deployment.ts';
import { platformOf, type ResourceKind, resourcesOf, type Target } from '../../fixtures/target.ts';
import type { PlannedCase } from '../../reports/result.ts';

/** The target with its app running, where a resource that the plan asks names it; else the target as it is. Throws ControlError. */
export async function withApp<T extends Target>(target: T, plan: readonly PlannedCase[], variant?: string): Promise<T> {
  if (target.kind !== 'embedded' || target.controlUrl === null) return target;
  if (!plan.some((planned) => planned.unsupported === null && namesApp(target, planned))) return target;
  const { accessKeyId, secretAccessKey, tokens, region } = platformOf(target);
  if (accessKeyId === null || secretAccessKey === null || tokens.user === null)
    throw new Error(`target ${target.name}: expected keys and a token, which every embedded target has, got none`);
  const awsEndpoint = target.deployment.aws?.endpoint ?? null;
  const places = { awsEndpoint, accessKeyId, secretAccessKey, region, tokens: { user: tokens.user } };
  return { ...target, ...embeddedDeployment(places, await appOf(target.controlUrl, variant)) };
}

/** Whether the resource that a case asks, an OAuth app or a service of the stack, says the app's URL. */
function namesApp({ deployment }: Target, { parameters }: PlannedCase): boolean {
  return Object.entries(parameters).some(
    ([kind, label]) =>
      kind in deployment && JSON.stringify(resourcesOf(deployment, kind as ResourceKind)[label] ?? null).includes(UNSTARTED_APP.appUrl),
  );
}
