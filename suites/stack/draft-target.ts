/** A first target file out of a live stack: what stands in it, by kind and label, with the strictest expectations that need no knowledge of it. */
import type { StackResourceSummary } from '@aws-sdk/client-cloudformation';
import type { Aws } from '../../backends/wire/aws.ts';
import { told } from './answers.ts';
import { describeStack } from './stack-facts.ts';

/** There is no such stack. */
export class NoStackError extends Error {
  override readonly name = 'NoStackError';
}

export interface DraftOptions {
  readonly stack: string;
  readonly region: string;
  /** One endpoint for every service; AWS itself when null. */
  readonly endpoint: string | null;
  readonly profile: string | null;
}

type Draft = Record<string, Record<string, object>>;

/** Resource type → key of the target file, and what the file says of one by its physical id. */
const KINDS: Readonly<Record<string, readonly [key: string, of: (id: string) => object]>> = {
  'AWS::ECS::Service': [
    'services',
    (id) => ({ kind: 'ecs', cluster: id.split('/').at(-2) ?? 'default', name: id.split('/').at(-1) ?? id }),
  ],
  'AWS::AppRunner::Service': ['services', (arn) => ({ kind: 'apprunner', arn })],
  'AWS::DynamoDB::Table': ['tables', (name) => ({ name })],
  'AWS::S3::Bucket': ['storage', (name) => ({ name })],
  'AWS::Lambda::Function': ['functions', (name) => ({ name })],
  'AWS::Logs::LogGroup': ['logGroups', (name) => ({ name })],
  'AWS::SecretsManager::Secret': ['secrets', (id) => ({ id })],
};

/** Asks AWS and drafts the file, as a plain value. Throws NoStackError. */
export async function draftTarget(aws: Aws, { stack: name, region, endpoint, profile }: DraftOptions): Promise<object> {
  const stack = await describeStack(aws, name);
  if (stack === null) throw new NoStackError(`stack ${name}: expected a stack in ${region}, got none`);
  const account = told((await (await aws.client('sts')).getCallerIdentity({})).Account, 'account of the caller');
  const resources = await resourcesOf(aws, name);
  const draft: Draft = {};
  const put = (key: string, logicalId: string, value: object) => {
    draft[key] = { ...draft[key], [labelOf(logicalId)]: value };
  };
  const pools = resources.filter(({ ResourceType }) => ResourceType === 'AWS::Cognito::UserPool');
  for (const { ResourceType = '', LogicalResourceId = '', PhysicalResourceId } of resources) {
    const kind = KINDS[ResourceType];
    if (PhysicalResourceId === undefined) continue;
    if (kind !== undefined) put(kind[0], LogicalResourceId, kind[1](PhysicalResourceId));
    // A client does not tell its pool; with one pool there is no doubt.
    const [pool] = pools;
    if (ResourceType === 'AWS::Cognito::UserPoolClient' && pools.length === 1 && pool?.PhysicalResourceId !== undefined)
      put('userPools', LogicalResourceId, { id: pool.PhysicalResourceId, clientId: PhysicalResourceId });
  }
  const outputs = Object.fromEntries((stack.Outputs ?? []).map(({ OutputKey = '' }) => [OutputKey, {}]));
  return {
    name: labelOf(stack.StackName ?? name),
    account,
    region,
    aws: { ...(endpoint !== null && { endpoint }), ...(profile !== null && { profile }) },
    stacks: { [labelOf(stack.StackName ?? name)]: { name: stack.StackName ?? name, outputs } },
    ...draft,
  };
}

async function resourcesOf(aws: Aws, StackName: string): Promise<readonly StackResourceSummary[]> {
  const cloudformation = await aws.client('cloudformation');
  const all: StackResourceSummary[] = [];
  let NextToken: string | undefined;
  do {
    const page = await cloudformation.listStackResources({ StackName, NextToken });
    all.push(...told(page.StackResourceSummaries, `resources of stack ${StackName}`));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return all.filter(({ ResourceStatus }) => ResourceStatus !== 'DELETE_COMPLETE');
}

/** `WebService` → `web-service`. */
function labelOf(id: string): string {
  return id
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replaceAll(/[^a-z0-9-]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
}
