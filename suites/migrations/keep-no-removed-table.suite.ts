/** G-04: a table of a removed model stays. */
import { resourceCheck } from '../case/resource-check.ts';
import { holdAgainstModels, withModels } from './against-models.ts';
import { leftoversIn } from './compare-shapes.ts';
import { serverOf } from './walk.ts';

export default resourceCheck({
  title: 'no table or column of a removed model is left in the migrated schema',
  level: 'must',
  incidents: ['G-04'],
  of: 'databases',
  when: withModels,
  parts: serverOf,
  deadlineMs: 600_000,
  ask: (stage) =>
    holdAgainstModels(
      stage,
      'tables and columns that no model has',
      'write the migration that drops it, or name the table below `models.keeps`',
      leftoversIn,
    ),
});
