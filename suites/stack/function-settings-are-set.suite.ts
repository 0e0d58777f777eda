/** D-32: a required setting of a function vanished, is empty, or is no JSON of its schema. */
import type { Resource } from '../../fixtures/target.ts';
import { resourceCheck } from '../case/resource-check.ts';
import { settingsOfFunction, stateRequired } from './settings.ts';

export default resourceCheck<'functions', Resource<'functions'>>({
  title: 'every required setting of the function is set, and of its form',
  level: 'must',
  incidents: ['D-32'],
  of: 'functions',
  when: { of: 'with settings', is: ({ environment }) => Object.keys(environment).length > 0 },
  ask: async ({ resource, aws, door }) => stateRequired(await settingsOfFunction(aws, door, resource), resource.environment),
});
