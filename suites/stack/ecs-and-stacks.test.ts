/** Checks of stacks, services and permissions, each seen to fail by its defect and to pass on what only looks like it. */
import { expect, test } from 'vitest';
import { askStack } from './ask-stack.ts';
import { REGISTRY, remove, set, testDefects, testLegal, useTestStack } from './test-stack.ts';

const stack = useTestStack();
const STACK = '/cloudformation/stacks/shop';
const WEB = '/ecs/clusters/shop/services/web';
const event = (id: string, status: string, reason: string, at: string) => ({
  Timestamp: at,
  LogicalResourceId: id,
  ResourceType: 'AWS::IAM::Role',
  ResourceStatus: status,
  ResourceStatusReason: reason,
});

testDefects(stack, [
  [
    'caller-is-the-account',
    'account',
    'another region',
    [set('/region', 'eu-west-1')],
    ['region of stack shop', 'expected us-east-1, got eu-west-1'],
  ],
  [
    'caller-is-the-account',
    'account',
    'another account',
    [set('/account', '999999999999')],
    ['account of arn', 'expected 123456789012, got 999999999999'],
  ],
  [
    'caller-is-the-account',
    'account',
    'another stage',
    [set(`${STACK}/Tags/stage`, 'dev')],
    ['stage of stack shop', 'expected prod, got dev'],
  ],
  [
    'stack-is-complete',
    'shop',
    'rolled back',
    [
      set(`${STACK}/StackStatus`, 'UPDATE_ROLLBACK_FAILED'),
      set(`${STACK}/events`, [
        event('Role', 'UPDATE_FAILED', 'Resource update cancelled', '2026-11-20T08:00:05Z'),
        event('TaskRole', 'UPDATE_FAILED', 'Cannot delete entity, must detach all policies first.', '2026-11-20T08:00:06Z'),
        event('Later', 'UPDATE_FAILED', 'another one', '2026-11-20T08:00:07Z'),
      ]),
    ],
    ['got UPDATE_ROLLBACK_FAILED since 2026-11-20', 'first failed: TaskRole', 'must detach all policies', 'continue the rollback'],
  ],
  [
    'stack-is-complete',
    'shop',
    'stuck',
    [set(`${STACK}/StackStatus`, 'UPDATE_IN_PROGRESS')],
    ['got UPDATE_IN_PROGRESS after 0 s of waiting for stack shop at rest'],
  ],
  [
    'stack-has-outputs',
    'shop',
    'an empty output',
    [set(`${STACK}/Outputs/WebUrl`, '')],
    ['output WebUrl of stack shop: expected a value that matches', 'got an empty value'],
  ],
  [
    'stack-has-outputs',
    'shop',
    'a missing output',
    [remove(`${STACK}/Outputs/ClusterName`)],
    ['output ClusterName of stack shop', 'got none of'],
  ],
  [
    'ecs-service-is-steady',
    'web',
    'a failed rollout',
    [
      set(`${WEB}/deployments/0/rolloutState`, 'FAILED'),
      set(`${WEB}/runningCount`, 0),
      set(`${WEB}/events/1/message`, '(service web) was unable to start: CannotPullContainerError'),
    ],
    [
      'rollout of service web of cluster shop: expected COMPLETED, got FAILED',
      'running tasks of service web of cluster shop: expected 2, got 0',
      'first failing event at 2026-11-20T08:04:50.000Z',
      'CannotPullContainerError',
    ],
  ],
  [
    'output-answers',
    'shop',
    'a URL where nobody listens',
    [set(`${STACK}/Outputs/CatalogUrl`, 'http://127.0.0.1:9')],
    ['status of http://127.0.0.1:9/config.json: expected 200, got no answer', 'expected a connection'],
  ],
  [
    'output-answers',
    'shop',
    'a URL that is another',
    [set(`${STACK}/Outputs/CatalogUrl`, REGISTRY)],
    ['/config.json: expected 200, got 404', 'expected text that holds "registryUrl"'],
  ],
  ['ecs-service-is-steady', 'web', 'too few tasks', [set(`${WEB}/runningCount`, 1)], ['expected 2, got 1']],
  [
    'principal-may-act',
    'deploy',
    'two permissions missing',
    [set('/iam/roles/shop-deploy/policies/deploy/Statement/0/Action', ['ecs:*', 'ecr:*'])],
    ['cloudformation:UpdateStack on * by', 'lambda:UpdateFunctionCode on * by', 'expected allowed, got implicitDeny'],
  ],
]);

testLegal(stack, [
  ['stack-is-complete', 'shop', 'the cleaning up after an update', [set(`${STACK}/StackStatus`, 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS')]],
  ['ecs-service-is-steady', 'web', 'no task where none is wanted', [set(`${WEB}/desiredCount`, 0), set(`${WEB}/runningCount`, 0)]],
  [
    'ecs-service-is-steady',
    'web',
    'a task that could not be placed once',
    [set(`${WEB}/events/0/message`, '(service web) was unable to place a task, once')],
  ],
]);

test('a stack that comes to rest in time passes', async () => {
  const { aws } = stack.target.deployment;
  if (aws === undefined) throw new Error('expected an AWS');
  const waiting = { ...stack.target, deployment: { ...stack.target.deployment, aws: { ...aws, settleSeconds: 5 } } };
  await stack.control.patch({ edits: [set(`${STACK}/StackStatus`, 'UPDATE_IN_PROGRESS')] });
  await stack.control.patch({
    edits: [set(`${STACK}/StackStatus`, 'UPDATE_COMPLETE')],
    lag: { operation: 'cloudformation:DescribeStacks', calls: 3 },
  });
  expect(await askStack(waiting, 'stack-is-complete', 'shop')).toMatchObject({
    verdict: 'passed',
    calls: { [`aws cloudformation:DescribeStacks ${new URL(stack.line.awsEndpoint ?? '').host}`]: 4 },
  });
});

test.each([
  [
    'an error of AWS',
    { kind: 'error', code: 'AccessDenied', message: 'User release may not\n see this', status: 403 },
    'broken: cloudformation:DescribeStacks: AccessDenied: User release may not see this',
  ],
  ['garbage', { kind: 'respond', status: 200, body: 'garbage' }, 'broken: '],
  [
    'an empty answer',
    { kind: 'respond', status: 200, body: '<DescribeStacksResponse><DescribeStacksResult/></DescribeStacksResponse>' },
    'broken: CheckBroken: stack shop',
  ],
  ['an expired token', { kind: 'expire-token' }, 'broken: cloudformation:DescribeStacks: ExpiredToken'],
  ['a failure', { kind: 'respond', status: 500, body: 'oops' }, 'broken: cloudformation:DescribeStacks'],
] as const)('%s leaves a check broken, told in one line', async (_what, answer, says) => {
  await stack.control.fault({ operation: 'cloudformation:DescribeStacks', answer });
  const { verdict, message = '' } = await askStack(stack.target, 'stack-is-complete', 'shop');
  expect(verdict).toBe('broken');
  expect(message).toContain(says);
  expect(message).not.toMatch(/\n|\bat .*\.(js|ts):/);
});

test('a throttled call is sent again and counted', async () => {
  await stack.control.fault({ operation: 'cloudformation:DescribeStacks', times: 2, answer: { kind: 'throttle' } });
  expect(await askStack(stack.target, 'stack-is-complete', 'shop')).toMatchObject({ verdict: 'passed', retries: 2 });
});
