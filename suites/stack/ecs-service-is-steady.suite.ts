/** D-02: the ECS service never becomes steady: rollout failed, running below desired, two deployments at once. */
import type { Service } from '@aws-sdk/client-ecs';
import type { Aws } from '../../backends/wire/aws.ts';
import { resourceCheck } from '../case/resource-check.ts';
import { reasonFrom } from './answers.ts';
import { type EcsService, ecsServices, findEcsService, primaryOf, tasksOf } from './ecs-facts.ts';
import { instantOf, stateThat } from './state-that.ts';
import { settleMs, waitUntil } from './wait-until.ts';

const FAILING = /unable to|failed|unhealthy|cannot|error|exceeded|out of memory|circuit breaker/i;

export default resourceCheck<'services', EcsService>({
  title: 'the service is steady: one deployment, completed, and all tasks that it wants',
  level: 'must',
  incidents: ['D-02'],
  of: 'services',
  when: ecsServices,
  async ask({ resource, target, aws }) {
    const where = `service ${resource.name} of cluster ${resource.cluster}`;
    const { last: service, note } = await waitUntil(
      { name: `${where} to be steady`, maxMs: settleMs(target) },
      () => findEcsService(aws, resource),
      (seen) => seen === null || isSteady(seen) || primaryOf(seen)?.rolloutState === 'FAILED',
    );
    if (service === null)
      return [{ what: where, expected: 'a service', got: 'none', mend: 'deploy it, or correct cluster and name in the target file' }];
    const { status = 'none', desiredCount = 0, runningCount = 0, deployments = [] } = service;
    const primary = primaryOf(service);
    const rollout = primary?.rolloutState ?? 'COMPLETED';
    const more = isSteady(service)
      ? {}
      : {
          ...instantOf(primary?.updatedAt ?? primary?.createdAt),
          ...(await reasonFrom(() => reasonOf(aws, resource, service))),
          mend: `look at the events and stopped tasks of ${resource.name}; deploy a task definition that starts`,
        };
    const others = deployments.map(
      ({ id = '?', status: at = '?', taskDefinition = '?' }) => `${id} ${at} ${taskDefinition.split('/').at(-1)}`,
    );
    return [
      { what: `status of ${where}`, expected: 'ACTIVE', got: status, ...more },
      stateThat(rollout === 'COMPLETED', { what: `rollout of ${where}`, expected: 'COMPLETED', got: `${rollout}${note}`, ...more }),
      stateThat(runningCount >= desiredCount, {
        what: `running tasks of ${where}`,
        expected: String(desiredCount),
        got: `${runningCount}${note}`,
        ...more,
      }),
      stateThat(deployments.length <= 1, {
        what: `deployments of ${where}`,
        expected: '1',
        got: `${deployments.length} (${others.join(', ')})${note}`,
        ...more,
      }),
    ];
  },
});

function isSteady(service: Service): boolean {
  const { status, desiredCount = 0, runningCount = 0, deployments = [] } = service;
  // Where another controller deploys there is no rollout state.
  return (
    status === 'ACTIVE' &&
    (primaryOf(service)?.rolloutState ?? 'COMPLETED') === 'COMPLETED' &&
    runningCount >= desiredCount &&
    deployments.length <= 1
  );
}

async function reasonOf(aws: Aws, resource: EcsService, service: Service): Promise<string | undefined> {
  const primary = primaryOf(service);
  const from = primary?.createdAt?.getTime() ?? 0;
  const event = (service.events ?? []).findLast(
    ({ createdAt, message = '' }) => (createdAt?.getTime() ?? 0) >= from && FAILING.test(message),
  );
  const stopped = (await tasksOf(aws, resource, 'STOPPED'))
    .filter(({ createdAt }) => (createdAt?.getTime() ?? 0) >= from)
    .toSorted((a, b) => (a.stoppedAt?.getTime() ?? 0) - (b.stoppedAt?.getTime() ?? 0))[0];
  const container = stopped?.containers?.find(({ reason, exitCode }) => reason !== undefined || (exitCode ?? 0) !== 0);
  const said = [
    primary?.rolloutState === 'FAILED' ? primary.rolloutStateReason : undefined,
    event === undefined ? undefined : `first failing event at ${event.createdAt?.toISOString()}: ${event.message}`,
    stopped === undefined ? undefined : `a task stopped: ${stopped.stoppedReason ?? 'no reason given'}`,
    container === undefined ? undefined : `container ${container.name}: ${container.reason ?? `exit code ${container.exitCode}`}`,
  ].filter((text) => text !== undefined);
  return said.length === 0 ? undefined : said.join('; ');
}
