/** D-07: a name that AWS refuses for its length. */
import { nameLimits } from '../name-limits.ts';
import { toldOf } from '../printable.ts';
import { breach, notKnown, planRule } from '../rule.ts';
import { Unknown } from '../value.ts';

/** What names a resource anew; one that stays has the name already. */
const NAMES = new Set(['create', 'replace', 'update', 'declare']);

const byType = Map.groupBy(
  nameLimits.flatMap(({ terraform, attribute, cloudformation, property, ...rest }) => [
    { type: terraform, key: attribute, ...rest },
    { type: cloudformation, key: property, ...rest },
  ]),
  ({ type }) => type,
);

export const nameLimitsRule = planRule({
  id: 'name-limits',
  incidents: ['D-07'],
  severity: 'error',
  title: 'every name fits the length that AWS allows for its resource',
  documentation:
    'AWS refuses the name only when the resource is made, half-way through the deployment. A name of exactly the limit is legal, and so is one of a resource that stays as it is. Of a name that is known in part only the known part is counted.',
  of: 'infrastructure',
  *ask({ resources }) {
    for (const resource of resources) {
      const { address, type, action, values, place } = resource;
      if (!NAMES.has(action)) continue;
      for (const { key, least, most, source } of byType.get(type) ?? []) {
        const value = values[key];
        const expected = `${least} to ${most} characters (${source})`;
        const at = { resource: address, place: place([key]) };
        const tell = (text: string) => toldOf(resource, [key], JSON.stringify(text));
        const mend = `shorten ${key} of ${address} to at most ${most} characters`;
        if (value instanceof Unknown && value.knownPart.length <= most)
          yield notKnown({ ...at, message: `length of ${key}`, reason: value.reason });
        else if (value instanceof Unknown)
          yield breach({
            ...at,
            message: `${key} is too long by its known part alone`,
            expected,
            got: `at least ${value.knownPart.length}: ${tell(value.knownPart)} and what is not known yet`,
            mend,
          });
        else if (typeof value === 'string' && value.length > most)
          yield breach({ ...at, message: `${key} is too long`, expected, got: `${value.length}: ${tell(value)}`, mend });
        else if (typeof value === 'string' && value !== '' && value.length < least)
          yield breach({
            ...at,
            message: `${key} is too short`,
            expected,
            got: `${value.length}: ${tell(value)}`,
            mend: `lengthen ${key} of ${address} to at least ${least} characters`,
          });
      }
    }
  },
});
