/** D-33: the run asks the account, region and stage that the target says it is. */
import { resourceCheck } from '../case/resource-check.ts';

export default resourceCheck({
  title: 'the caller is in the account that the target names',
  level: 'must',
  incidents: ['D-33'],
  of: 'aws',
  async ask({ target, aws }) {
    const sts = await aws.client('sts');
    const { Account = 'none', Arn = 'nobody' } = await sts.getCallerIdentity({});
    return [
      {
        what: `account of ${Arn}`,
        expected: target.account ?? Account,
        got: Account,
        mend: `use keys of account ${target.account}, or correct \`account\` in the target file`,
      },
    ];
  },
});
