/** D-14: an expected output of a stack is missing, empty, or not of its form. */
import type { Resource } from '../../fixtures/target.ts';
import { CheckBroken, resourceCheck } from '../case/resource-check.ts';
import { describeStack } from './stack-facts.ts';
import { stateThat } from './state-that.ts';

export default resourceCheck<'stacks', Resource<'stacks'>>({
  title: 'every output that the target names is there, not empty, and of its form',
  level: 'must',
  incidents: ['D-14'],
  of: 'stacks',
  when: { of: 'that name outputs', is: ({ outputs }) => Object.keys(outputs).length > 0 },
  async ask({ resource: { name, outputs }, aws }) {
    const stack = await describeStack(aws, name);
    if (stack === null) throw new CheckBroken(`stack ${name}: expected a stack with outputs, got none; stack/stack-is-complete says so`);
    const values = new Map((stack.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]));
    return Object.entries(outputs).map(([key, { matches }]) => {
      const value = values.get(key);
      const expected = matches === undefined ? 'a value' : `a value that matches ${matches}`;
      const got =
        value === undefined ? `none of ${[...values.keys()].sort().join(', ') || 'no outputs'}` : value === '' ? 'an empty value' : value;
      const holds = value !== undefined && value !== '' && (matches === undefined || new RegExp(matches).test(value));
      return stateThat(holds, {
        what: `output ${key} of stack ${name}`,
        expected,
        got,
        mend: `put it out of the template of ${name} and deploy`,
      });
    });
  },
});
