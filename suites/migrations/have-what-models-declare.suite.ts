/** G-01: a column in the model without a migration is an UndefinedColumn at the first request. */
import { resourceCheck } from '../case/resource-check.ts';
import { holdAgainstModels, withModels } from './against-models.ts';
import { missingIn } from './compare-shapes.ts';
import { serverOf } from './walk.ts';

export default resourceCheck({
  title: 'every table and column of the models is in the migrated schema',
  level: 'must',
  incidents: ['G-01'],
  of: 'databases',
  when: withModels,
  parts: serverOf,
  deadlineMs: 600_000,
  ask: (stage) =>
    holdAgainstModels(stage, 'tables and columns of the models that no migration makes', 'write the migration that adds it', missingIn),
});
