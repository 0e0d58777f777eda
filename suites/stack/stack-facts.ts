/** What CloudFormation says of a stack, and which of its resources failed first. */
import type { Stack, StackEvent } from '@aws-sdk/client-cloudformation';
import type { Aws } from '../../backends/wire/aws.ts';
import { orMissing, told } from './answers.ts';

/** A stack by name or ARN, or null. */
export async function describeStack(aws: Aws, name: string): Promise<Stack | null> {
  const cloudformation = await aws.client('cloudformation');
  const answer = await orMissing(cloudformation.describeStacks({ StackName: name }), ['ValidationError'], /does not exist/);
  return answer === null ? null : told(answer.Stacks?.[0], `stack ${name}`);
}

/** Events are answered newest first, 100 a page; an operation of more than 2,000 was not seen. */
const MOST_PAGES = 20;
const CASCADE = /cancelled|canceled|The following resource\(s\) failed/i;

/** The first resource that failed in the last operation but a cancelled one, with its reason; undefined where none did. */
export async function firstFailure(aws: Aws, name: string): Promise<string | undefined> {
  const cloudformation = await aws.client('cloudformation');
  const failed: StackEvent[] = [];
  let NextToken: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const answer = await cloudformation.describeStackEvents({ StackName: name, NextToken });
    for (const event of answer.StackEvents ?? []) {
      if (event.ResourceStatus?.endsWith('_FAILED') === true) failed.push(event);
      if (beginsOperation(event)) return tell(failed);
    }
    NextToken = answer.NextToken;
    if (NextToken === undefined) break;
  }
  return tell(failed);
}

function beginsOperation({ ResourceType, ResourceStatus, ResourceStatusReason = '' }: StackEvent): boolean {
  return (
    ResourceType === 'AWS::CloudFormation::Stack' &&
    /^(CREATE|UPDATE|DELETE|IMPORT)_IN_PROGRESS$/.test(ResourceStatus ?? '') &&
    /user initiated/i.test(ResourceStatusReason)
  );
}

function tell(newestFirst: readonly StackEvent[]): string | undefined {
  const first = newestFirst.findLast(({ ResourceStatusReason = '' }) => !CASCADE.test(ResourceStatusReason)) ?? newestFirst.at(-1);
  if (first === undefined) return undefined;
  const { LogicalResourceId, ResourceType, ResourceStatus, ResourceStatusReason = 'no reason given', Timestamp } = first;
  return `first failed: ${LogicalResourceId} (${ResourceType}) ${ResourceStatus} at ${Timestamp?.toISOString() ?? 'an unknown time'}: ${ResourceStatusReason}`;
}
