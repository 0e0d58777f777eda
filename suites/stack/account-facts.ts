/** What the account, region and stage of a target are: asked before anything else is (D-33). */
import type { Aws } from '../../backends/wire/aws.ts';
import type { Target } from '../../fixtures/target.ts';
import type { Statement } from '../case/check.ts';
import { orMissing, told } from './answers.ts';
import { stateThat } from './state-that.ts';

/** The case that asks it; what is not run for its sake names it. */
export const ACCOUNT_CASE = 'stack/caller-is-the-account/aws:account';

const ARN = /^arn:[a-z-]+:cloudformation:([a-z0-9-]+):(\d{12}):stack\//;

/** Account of the caller; account, region and stage of every stack that is there. A stack that is not is another check's finding. */
export async function stateAccount(target: Target, aws: Aws): Promise<readonly Statement[]> {
  const { account, region, stage, deployment } = target;
  const sts = await aws.client('sts');
  const caller = await sts.getCallerIdentity({});
  const got = told(caller.Account, 'account of the caller');
  const mend = `use keys, profile and region of the target, or correct \`account\`, \`region\` and \`stage\` in its file`;
  const statements: Statement[] = [
    stateThat(account === null || account === got, {
      what: `account of ${caller.Arn ?? 'the caller'}`,
      expected: account ?? 'any',
      got,
      mend,
    }),
  ];
  const names = Object.entries(deployment.stacks).filter(([, { name }]) => !name.includes('${'));
  const tag = deployment.aws?.stageTag;
  for (const [label, { name }] of names) {
    const cloudformation = await aws.client('cloudformation');
    const answer = await orMissing(cloudformation.describeStacks({ StackName: name }), ['ValidationError'], /does not exist/);
    if (answer === null) continue;
    const stack = told(answer.Stacks?.[0], `stack ${name}`);
    const [, inRegion = 'none', inAccount = 'none'] = ARN.exec(told(stack.StackId, `ARN of stack ${name}`)) ?? [];
    statements.push({ what: `stacks.${label}: region of stack ${name}`, expected: region, got: inRegion, mend });
    if (account !== null) statements.push({ what: `stacks.${label}: account of stack ${name}`, expected: account, got: inAccount, mend });
    if (stage === null || tag === undefined) continue;
    const value = stack.Tags?.find(({ Key }) => Key === tag)?.Value;
    statements.push({ what: `stacks.${label}: stage of stack ${name} (tag ${tag})`, expected: stage, got: value ?? `no tag ${tag}`, mend });
  }
  return statements;
}
