/** D-11: a setting of a function still holds the placeholder of an earlier stage, or another stack's value. */
import type { Resource } from '../../fixtures/target.ts';
import { resourceCheck } from '../case/resource-check.ts';
import { compares, settingsOfFunction, stateAgreed } from './settings.ts';

export default resourceCheck<'functions', Resource<'functions'>>({
  title: 'settings of the function are what the target and its stacks say',
  level: 'must',
  incidents: ['D-11'],
  of: 'functions',
  when: { of: 'that say what a setting is', is: ({ environment }) => compares(environment) },
  ask: async ({ resource, aws, door }) => stateAgreed(await settingsOfFunction(aws, door, resource), resource.environment),
});
