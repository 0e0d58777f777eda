/** D-12: wildcards, localhost, plain http or strangers are left in what lists origins. */
import type { Resource } from '../../fixtures/target.ts';
import type { Statement } from '../case/check.ts';
import { resourceCheck } from '../case/resource-check.ts';
import { entriesOf, wrongEntry } from './origin-list.ts';
import { settingsOfService } from './settings.ts';
import { stateThat } from './state-that.ts';

export default resourceCheck<'services', Resource<'services'>>({
  title: 'the variables that list origins hold those that are allowed, and no other',
  level: 'must',
  incidents: ['D-12'],
  of: 'services',
  when: { of: 'with variables of origins', is: ({ origins }) => (origins?.variables.length ?? 0) > 0 },
  async ask({ resource, aws, door }) {
    const { variables = [], allowed = [] } = resource.origins ?? {};
    const { where, settings } = await settingsOfService(aws, door, resource);
    return variables.map((name): Statement => {
      const values = settings.filter((one) => one.name === name).map(({ value }) => value);
      const wrong = values.flatMap((value) =>
        value === null ? ['a secret, which is never read'] : entriesOf(value).flatMap((entry) => wrongEntry(entry, allowed) ?? []),
      );
      const empty = values.length === 0 ? ['not set'] : values.every((value) => value?.trim() === '') ? ['an empty value'] : [];
      const got = [...empty, ...wrong].join(', ');
      return stateThat(got === '', {
        what: `${name} of ${where}`,
        expected: `nothing but ${allowed.join(', ')}`,
        got,
        mend: `take the others out of ${name} and deploy`,
      });
    });
  },
});
