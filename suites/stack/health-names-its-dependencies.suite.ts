/** D-29: health says ok while what it depends on is down, or the JSON has another shape. */
import type { Resource } from '../../fixtures/target.ts';
import type { Statement } from '../case/check.ts';
import { resourceCheck } from '../case/resource-check.ts';
import { askHealth, wordOf } from './ask-health.ts';
import { problemsOf } from './fits-schema.ts';
import { valueAt } from './json-pointer.ts';
import { stateThat } from './state-that.ts';

export default resourceCheck<'health', Resource<'health'>>({
  title: 'health answers in its shape, and every dependency in it is well',
  level: 'must',
  incidents: ['D-29'],
  of: 'health',
  async ask({ resource: { url, status, contentType, schema, dependencies }, door }) {
    const answer = await askHealth(door, url);
    const what = `status of ${url}`;
    const mend = `see what ${url} answers`;
    if (typeof answer === 'string') return [{ what, expected: String(status), got: answer, mend }];
    const type = answer.type.split(';')[0]?.trim().toLowerCase() ?? '';
    const statements: Statement[] = [
      { what, expected: String(status), got: String(answer.status), mend },
      { what: `type of ${url}`, expected: contentType, got: type, mend },
    ];
    if (schema !== undefined) {
      const problems = answer.json === undefined ? ['no JSON'] : problemsOf(schema, answer.json);
      statements.push(
        stateThat(problems.length === 0, { what: `body of ${url}`, expected: 'JSON that fits its schema', got: problems.join('; '), mend }),
      );
    }
    for (const [pointer, well] of Object.entries(dependencies)) {
      const got = valueAt(answer.json, pointer);
      statements.push(
        stateThat(got === well, {
          what: `${pointer} of ${url}`,
          expected: wordOf(well),
          got: wordOf(got),
          mend: `bring back what ${pointer} stands for`,
        }),
      );
    }
    return statements;
  },
});
