/** D-15: the URL that a stack puts out does not answer, or not with what it must. */
import { WireError } from '../../backends/wire/door.ts';
import { restSend } from '../../backends/wire/rest.ts';
import type { Resource } from '../../fixtures/target.ts';
import type { Statement } from '../case/check.ts';
import { CheckBroken, resourceCheck } from '../case/resource-check.ts';
import { describeStack } from './stack-facts.ts';
import { stateThat } from './state-that.ts';

export default resourceCheck<'stacks', Resource<'stacks'>>({
  title: 'the URLs that the stack puts out answer as they must',
  level: 'must',
  incidents: ['D-15'],
  of: 'stacks',
  when: { of: 'with an output that answers', is: ({ outputs }) => Object.values(outputs).some(({ answers }) => answers !== undefined) },
  async ask({ resource: { name, outputs }, aws, door }) {
    const stack = await describeStack(aws, name);
    if (stack === null) throw new CheckBroken(`stack ${name}: expected a stack with outputs, got none; stack/stack-is-complete says so`);
    const statements: Statement[] = [];
    for (const [key, { answers }] of Object.entries(outputs)) {
      if (answers === undefined) continue;
      const value = stack.Outputs?.find(({ OutputKey }) => OutputKey === key)?.OutputValue ?? '';
      const base = URL.parse(value);
      if (base === null)
        throw new CheckBroken(
          `output ${key} of stack ${name}: expected a URL, got ${value === '' ? 'nothing' : value}; stack/stack-has-outputs says more`,
        );
      const url = `${value.replace(/\/+$/, '')}${answers.path === '/' ? '/' : answers.path}`;
      const mend = `see why ${url} does not answer so, or correct output ${key}`;
      const expected = String(answers.status);
      const answer = await restSend(door, { url, headers: { accept: '*/*' } }).catch((error: unknown) => {
        // That nobody answers is what this check is for; that the door let nothing out is not.
        if (error instanceof WireError && error.failure !== 'refused') return error;
        throw error;
      });
      if (answer instanceof WireError) {
        statements.push({ what: `status of ${url}`, expected, got: `no answer: ${answer.message}`, mend });
        continue;
      }
      const where = answer.headers['location'] === undefined ? '' : ` to ${answer.headers['location']}`;
      statements.push(
        stateThat(answer.status === answers.status, { what: `status of ${url}`, expected, got: `${answer.status}${where}`, mend }),
      );
      if (answers.contains === undefined) continue;
      const text = Buffer.from(answer.body).toString();
      const got = `${text.length} characters beginning ${JSON.stringify(text.slice(0, 80).trim())}`;
      statements.push(
        stateThat(text.includes(answers.contains), {
          what: `body of ${url}`,
          expected: `text that holds ${JSON.stringify(answers.contains)}`,
          got,
          mend,
        }),
      );
    }
    return statements;
  },
});
