/** D-04: the version that runs is not the one released, by its own word. */
import type { Resource } from '../../fixtures/target.ts';
import { CheckBroken, resourceCheck } from '../case/resource-check.ts';
import { askHealth, wordOf } from './ask-health.ts';
import { valueAt } from './json-pointer.ts';

export default resourceCheck<'health', Resource<'health'>>({
  title: 'health tells the version that was released',
  level: 'must',
  incidents: ['D-04'],
  of: 'health',
  when: { of: 'with a version', is: ({ version }) => version !== undefined },
  async ask({ resource: { url, version = { pointer: '/version', equals: '' } }, door }) {
    const answer = await askHealth(door, url);
    if (typeof answer === 'string')
      throw new CheckBroken(`${url}: expected a version, got ${answer}; stack/health-names-its-dependencies says so`);
    return [
      {
        what: `version at ${version.pointer} of ${url}`,
        expected: version.equals,
        got: wordOf(valueAt(answer.json, version.pointer)),
        mend: `deploy ${version.equals}`,
      },
    ];
  },
});
