/** D-11: a setting of a service still holds the placeholder of an earlier stage, or another stack's value. */
import type { Resource } from '../../fixtures/target.ts';
import { resourceCheck } from '../case/resource-check.ts';
import { compares, settingsOfService, stateAgreed } from './settings.ts';

export default resourceCheck<'services', Resource<'services'>>({
  title: 'settings of the service are what the target and its stacks say',
  level: 'must',
  incidents: ['D-11'],
  of: 'services',
  when: { of: 'that say what a setting is', is: ({ environment }) => compares(environment) },
  ask: async ({ resource, aws, door }) => stateAgreed(await settingsOfService(aws, door, resource), resource.environment),
});
