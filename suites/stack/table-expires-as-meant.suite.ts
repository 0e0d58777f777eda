/** D-17: TTL is off, or on the wrong attribute, or the table is not there. */
import type { Resource } from '../../fixtures/target.ts';
import { resourceCheck } from '../case/resource-check.ts';
import { orMissing, told } from './answers.ts';
import { stateThat } from './state-that.ts';

export default resourceCheck<'tables', Resource<'tables'>>({
  title: 'the table is there, and expires its items by the attribute that the target names',
  level: 'must',
  incidents: ['D-17'],
  of: 'tables',
  async ask({ resource: { name, ttl }, aws }) {
    const dynamodb = await aws.client('dynamodb');
    const answer = await orMissing(dynamodb.describeTable({ TableName: name }), ['ResourceNotFoundException']);
    const what = `status of table ${name}`;
    if (answer === null) return [{ what, expected: 'ACTIVE', got: 'no such table', mend: 'deploy it, or correct its name' }];
    const status = told(answer.Table?.TableStatus, what);
    const active = stateThat(status === 'ACTIVE' || status === 'UPDATING', {
      what,
      expected: 'ACTIVE',
      got: status,
      mend: `see why ${name} is ${status}`,
    });
    if (ttl === undefined) return [active];
    const { TimeToLiveStatus = 'DISABLED', AttributeName } = told(
      (await dynamodb.describeTimeToLive({ TableName: name })).TimeToLiveDescription,
      `TTL of ${name}`,
    );
    // It takes up to an hour from one to the other, in which no second change is taken.
    const on = /^ENABL/.test(TimeToLiveStatus);
    const got = on ? (AttributeName ?? 'an attribute without a name') : 'off';
    const expected = ttl ?? 'off';
    return [
      active,
      {
        what: `TTL of table ${name}`,
        expected,
        got,
        mend: ttl === null ? `switch TTL of ${name} off` : `switch TTL of ${name} on for ${ttl}`,
      },
    ];
  },
});
