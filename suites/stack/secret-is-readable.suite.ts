/** D-46: a secret that a service names is missing, or unreadable to its role. Its value is never read. */
import type { Resource } from '../../fixtures/target.ts';
import type { Statement } from '../case/check.ts';
import { resourceCheck } from '../case/resource-check.ts';
import { orMissing, told } from './answers.ts';
import { simulate } from './simulate-policy.ts';
import { stateThat } from './state-that.ts';

export default resourceCheck<'secrets', Resource<'secrets'>>({
  title: 'the secret is there with a current value, and each role that needs it may read it',
  level: 'must',
  incidents: ['D-46'],
  of: 'secrets',
  async ask({ resource: { id, readers }, aws }) {
    const client = await aws.client('secretsmanager');
    const found = await orMissing(client.describeSecret({ SecretId: id }), ['ResourceNotFoundException']);
    const what = `secret ${id}`;
    if (found === null) return [{ what, expected: 'a secret', got: 'none', mend: 'create it, or correct its name' }];
    const arn = told(found.ARN, `ARN of ${what}`);
    const current = Object.values(found.VersionIdsToStages ?? {}).some((stages) => stages.includes('AWSCURRENT'));
    const deleted = found.DeletedDate;
    const statements: Statement[] = [
      stateThat(deleted === undefined, {
        what,
        expected: 'a secret',
        got: `one that is being deleted since ${deleted?.toISOString()}`,
        mend: 'restore it',
      }),
      stateThat(current, { what: `current value of ${what}`, expected: 'one', got: 'none', mend: 'put a value' }),
    ];
    const needed: [string, string][] = [['secretsmanager:GetSecretValue', arn]];
    // Only a key of one's own needs leave to decrypt.
    if (found.KmsKeyId?.startsWith('arn:') === true && !found.KmsKeyId.endsWith('alias/aws/secretsmanager'))
      needed.push(['kms:Decrypt', found.KmsKeyId]);
    for (const reader of readers)
      for (const [action, resource] of needed)
        for (const { decision, why } of await simulate(aws, reader, [action], [resource]))
          statements.push(
            stateThat(decision === 'allowed', {
              what: `${action} on ${resource} by ${reader}`,
              expected: 'allowed',
              got: decision,
              ...(why !== undefined && { reason: why }),
              mend: `allow ${action} in a policy of ${reader.split('/').at(-1)}`,
            }),
          );
    return statements;
  },
});
