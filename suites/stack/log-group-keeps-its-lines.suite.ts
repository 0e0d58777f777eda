/** D-20: a log group is missing, or without the retention that it must have. */
import type { Resource } from '../../fixtures/target.ts';
import { resourceCheck } from '../case/resource-check.ts';
import { told } from './answers.ts';
import { stateThat } from './state-that.ts';

export default resourceCheck<'logGroups', Resource<'logGroups'>>({
  title: 'the log group is there, and keeps its lines as long as the target says',
  level: 'must',
  incidents: ['D-20'],
  of: 'logGroups',
  async ask({ resource: { name, retentionDays }, aws }) {
    const logs = await aws.client('logs');
    let nextToken: string | undefined;
    do {
      const page = await logs.describeLogGroups({ logGroupNamePrefix: name, nextToken });
      const found = told(page.logGroups, `log groups that begin with ${name}`).find(({ logGroupName }) => logGroupName === name);
      if (found !== undefined) {
        const { retentionInDays: days } = found;
        const holds = retentionDays === undefined ? days !== undefined : days === retentionDays;
        const expected = retentionDays === undefined ? 'some days' : `${retentionDays} days`;
        return [
          stateThat(holds, {
            what: `retention of log group ${name}`,
            expected,
            got: days === undefined ? 'for ever' : `${days} days`,
            mend: `set the retention of ${name}`,
          }),
        ];
      }
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
    return [{ what: `log group ${name}`, expected: 'a log group', got: 'none', mend: 'deploy it, or correct its name' }];
  },
});
