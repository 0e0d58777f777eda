/** G-03: a foreign key of a removed model stays and blocks deletes. */
import { resourceCheck } from '../case/resource-check.ts';
import { holdAgainstModels, withModels } from './against-models.ts';
import { leftoverKeysIn } from './compare-shapes.ts';
import { serverOf } from './walk.ts';

export default resourceCheck({
  title: 'no foreign key of a removed model is left in the migrated schema',
  level: 'must',
  incidents: ['G-03'],
  of: 'databases',
  when: withModels,
  parts: serverOf,
  deadlineMs: 600_000,
  ask: (stage) =>
    holdAgainstModels(
      stage,
      'foreign keys that no model has',
      'write the migration that drops it: it blocks deletes of the rows that it refers to',
      leftoverKeysIn,
    ),
});
