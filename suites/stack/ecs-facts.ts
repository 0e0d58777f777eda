/** What ECS says of a service: its rollout, its task definition, its tasks. */
import type { Service, Task, TaskDefinition } from '@aws-sdk/client-ecs';
import type { Aws } from '../../backends/wire/aws.ts';
import type { Door } from '../../backends/wire/door.ts';
import type { Resource } from '../../fixtures/target.ts';
import { CheckBroken } from '../case/resource-check.ts';
import { orMissing, told } from './answers.ts';

export type EcsService = Extract<Resource<'services'>, { kind: 'ecs' }>;

/** What checks of such services are for. */
export const ecsServices = { of: 'of kind ecs', is: ({ kind }: Resource<'services'>): boolean => kind === 'ecs' };

/** A service that is not INACTIVE, or null. */
export async function findEcsService(aws: Aws, { cluster, name }: EcsService): Promise<Service | null> {
  const ecs = await aws.client('ecs');
  const answer = await orMissing(ecs.describeServices({ cluster, services: [name] }), ['ClusterNotFoundException']);
  if (answer === null) return null;
  const service = answer.services?.[0];
  if (service !== undefined) return service.status === 'INACTIVE' ? null : service;
  const { reason = 'none' } = told(answer.failures?.[0], `service ${name} of cluster ${cluster}`);
  if (reason === 'MISSING') return null;
  throw new CheckBroken(`service ${name} of cluster ${cluster}: expected it or MISSING, got ${reason}`);
}

/** As `findEcsService`; throws CheckBroken where there is none, which `ecs-service-is-steady` says. */
export async function ecsServiceOf(aws: Aws, resource: EcsService): Promise<Service> {
  const service = await findEcsService(aws, resource);
  if (service === null)
    throw new CheckBroken(
      `service ${resource.name} of cluster ${resource.cluster}: expected a service, got none; stack/ecs-service-is-steady says so`,
    );
  return service;
}

/** The deployment that the service is to be at. */
export function primaryOf({ deployments = [] }: Service) {
  return deployments.find(({ status }) => status === 'PRIMARY') ?? deployments[0];
}

/** The task definition that a service is at. Values of its environment stand in no record from then on. */
export async function taskDefinitionOf(aws: Aws, door: Door, { taskDefinition }: Service): Promise<TaskDefinition> {
  const ecs = await aws.client('ecs');
  const answer = await ecs.describeTaskDefinition({ taskDefinition });
  const found = told(answer.taskDefinition, `task definition ${taskDefinition}`);
  for (const { environment = [] } of found.containerDefinitions ?? []) for (const { value = '' } of environment) door.learnSecret(value);
  return found;
}

/** Tasks of a service that run, or of those that stopped lately. */
export async function tasksOf(aws: Aws, { cluster, name }: EcsService, desiredStatus: 'RUNNING' | 'STOPPED'): Promise<readonly Task[]> {
  const ecs = await aws.client('ecs');
  const arns: string[] = [];
  let nextToken: string | undefined;
  do {
    const page = await ecs.listTasks({ cluster, serviceName: name, desiredStatus, nextToken });
    arns.push(...told(page.taskArns, `tasks of service ${name}`));
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  const tasks: Task[] = [];
  // 100 a call is what the API takes.
  for (let from = 0; from < arns.length; from += 100)
    tasks.push(...told((await ecs.describeTasks({ cluster, tasks: arns.slice(from, from + 100) })).tasks, `tasks of service ${name}`));
  return tasks;
}
