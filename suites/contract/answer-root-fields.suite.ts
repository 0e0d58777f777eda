/** C-11, P-28: root fields that no operation asks answer with a value, their typed failure, or a refusal, as the schema has it. */
import { createGraphql } from '../../backends/wire/graphql.ts';
import { check, type Statement } from '../case/check.ts';
import type { Question } from './root-field-question.ts';
import { questions } from './root-field-questions.ts';

const kebab = (name: string) => name.replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase();
const pointOf = ({ field, case: kind }: Question) => ({ field: kebab(field), case: kind });

export default check({
  title: 'root fields that no operation asks answer with a value, a typed failure or a refusal',
  level: 'must',
  incidents: ['C-11', 'P-28'],
  tags: ['contract', 'platform-only'],
  // Its mutations are refused where nothing may be written, before the server can say what it is asked for.
  requires: ['control'],
  points: () => questions.map(pointOf),
  async ask({ target, door, at }) {
    const question = questions.find((one) => kebab(one.field) === at['field'] && one.case === at['case']);
    if (question === undefined) return [];
    const client = createGraphql(door, {
      url: target.graphqlUrl ?? `${target.registryUrl}/graphql`,
      token: () => (question.as === 'nobody' ? null : target.tokens[question.as]),
      client: 'crosscheck',
    });
    const variables = JSON.parse(JSON.stringify(question.variables ?? {}).replaceAll('{bucket}', target.buckets[0] ?? '')) as Record<
      string,
      unknown
    >;
    const { body, findings } = await client.send({ text: question.text, name: null, free: true }, variables);
    const answer: unknown = JSON.parse(body);
    const contract = findings.filter(({ severity }) => severity === 'error').map(({ message }) => message);
    return [
      ...Object.entries(question.expect).map(
        ([path, expected]): Statement => ({ what: `${question.field} ${path}`, expected, got: shown(answer, path, expected) }),
      ),
      { what: `${question.field} by the contract`, expected: 'no finding', got: contract.join('; ') || 'no finding' },
    ];
  },
});

/** What stands at the path, as JSON; its type where only that is expected. */
function shown(answer: unknown, path: string, expected: string): string {
  let at: unknown = answer;
  for (const name of path.split('.')) at = typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[name] : undefined;
  if (expected === 'string') return typeof at;
  return at === undefined ? `nothing in ${JSON.stringify(answer).slice(0, 200)}` : JSON.stringify(at);
}
