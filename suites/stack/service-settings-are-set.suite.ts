/** D-32: a required setting of a service vanished, is empty, or is no JSON of its schema. */
import type { Resource } from '../../fixtures/target.ts';
import { resourceCheck } from '../case/resource-check.ts';
import { settingsOfService, stateRequired } from './settings.ts';

export default resourceCheck<'services', Resource<'services'>>({
  title: 'every required setting of the service is set, and of its form',
  level: 'must',
  incidents: ['D-32'],
  of: 'services',
  when: { of: 'with settings', is: ({ environment }) => Object.keys(environment).length > 0 },
  ask: async ({ resource, aws, door }) => stateRequired(await settingsOfService(aws, door, resource), resource.environment),
});
