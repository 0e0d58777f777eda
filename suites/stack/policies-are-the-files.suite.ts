/** D-44: the attached policy is not the repository's file, or IAM still answers from the old one. */
import { readFileSync } from 'node:fs';
import type { Aws } from '../../backends/wire/aws.ts';
import type { Resource } from '../../fixtures/target.ts';
import type { Statement } from '../case/check.ts';
import { CheckBroken, resourceCheck } from '../case/resource-check.ts';
import { orMissing, told } from './answers.ts';
import { normalised } from './iam-document.ts';
import { stateThat } from './state-that.ts';
import { settleMs, waitUntil } from './wait-until.ts';

const SHOWN = 300;

export default resourceCheck<'permissions', Resource<'permissions'>>({
  title: 'each policy of the principal is the file that the repository has',
  level: 'must',
  incidents: ['D-44'],
  of: 'permissions',
  when: { of: 'that name policies', is: ({ policies }) => Object.keys(policies).length > 0 },
  async ask({ resource: { principal, policies }, target, aws }) {
    const statements: Statement[] = [];
    for (const [policy, file] of Object.entries(policies)) {
      const wanted = normalised(read(file), file);
      const what = `policy ${policy} of ${principal}`;
      const mend = `deploy ${file}, or bring it up to date`;
      const { last, note } = await waitUntil(
        { name: `IAM to answer from ${file}`, maxMs: settleMs(target) },
        async () => {
          const text = await (policy.startsWith('arn:') ? managedPolicy(aws, principal, policy) : inlinePolicy(aws, principal, policy));
          return text === null ? null : normalised(decodeURIComponent(text), what);
        },
        (seen) => seen !== null && JSON.stringify(seen) === JSON.stringify(wanted),
      );
      if (last === null) {
        statements.push({ what, expected: `the document of ${file}`, got: `no such policy attached${note}`, mend });
        continue;
      }
      const lacks = wanted.filter((one) => !last.includes(one));
      const extra = last.filter((one) => !wanted.includes(one));
      const got = `another${note}: ${[...extra.map((one) => `with ${one}`), ...lacks.map((one) => `without ${one}`)].join(', ').slice(0, SHOWN)}`;
      statements.push(stateThat(lacks.length + extra.length === 0, { what, expected: `the document of ${file}`, got, mend }));
    }
    return statements;
  },
});

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new CheckBroken(`${file}: expected a readable file, got ${(cause as NodeJS.ErrnoException).code}`, { cause });
  }
}

const roleOf = (principal: string): string => {
  const role = /:role\/(?:.*\/)?([^/]+)$/.exec(principal)?.[1];
  if (role === undefined)
    throw new CheckBroken(`principal ${principal}: expected the ARN of a role, whose policies are compared, got another`);
  return role;
};

async function inlinePolicy(aws: Aws, principal: string, PolicyName: string): Promise<string | null> {
  const iam = await aws.client('iam');
  const answer = await orMissing(iam.getRolePolicy({ RoleName: roleOf(principal), PolicyName }), ['NoSuchEntityException', 'NoSuchEntity']);
  return answer === null ? null : told(answer.PolicyDocument, `document of ${PolicyName}`);
}

/** The version in force of a managed policy, when it is attached. */
async function managedPolicy(aws: Aws, principal: string, PolicyArn: string): Promise<string | null> {
  const iam = await aws.client('iam');
  const missing = ['NoSuchEntityException', 'NoSuchEntity'];
  let Marker: string | undefined;
  let attached = false;
  do {
    const page = await orMissing(iam.listAttachedRolePolicies({ RoleName: roleOf(principal), Marker }), missing);
    if (page === null) return null;
    attached ||= told(page.AttachedPolicies, `policies of ${principal}`).some((one) => one.PolicyArn === PolicyArn);
    Marker = page.IsTruncated === true ? page.Marker : undefined;
  } while (Marker !== undefined && !attached);
  if (!attached) return null;
  const policy = await orMissing(iam.getPolicy({ PolicyArn }), missing);
  if (policy === null) return null;
  const VersionId = told(policy.Policy?.DefaultVersionId, `version of ${PolicyArn}`);
  return told((await iam.getPolicyVersion({ PolicyArn, VersionId })).PolicyVersion?.Document, `document of ${PolicyArn}`);
}
