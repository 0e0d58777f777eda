/** G-11: what was declared and what was migrated have drifted apart. */
import { resourceCheck } from '../case/resource-check.ts';
import { holdAgainstModels, withModels } from './against-models.ts';
import { driftBetween } from './compare-shapes.ts';
import { serverOf } from './walk.ts';

export default resourceCheck({
  title: 'types, nullability, defaults, constraints, indexes and enums are those of the models',
  level: 'must',
  incidents: ['G-11'],
  of: 'databases',
  when: withModels,
  parts: serverOf,
  deadlineMs: 600_000,
  ask: (stage) =>
    holdAgainstModels(
      stage,
      'differences between models and migrated schema',
      'bring models and migrations together: one of them is not what runs',
      driftBetween,
    ),
});
