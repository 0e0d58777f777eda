/** The schema at head and that of the models, side by side, for the checks that compare them. */

import type { Resource } from '../../fixtures/target.ts';
import type { Statement } from '../case/check.ts';
import { CheckBroken } from '../case/resource-check.ts';
import { readCatalogue } from './catalogue.ts';
import { type Shape, type ShapeDifference, shapeOf } from './compare-shapes.ts';
import { qualifyTable } from './qualify-table.ts';
import { makeReference } from './reference.ts';
import { type DatabaseStage, openBench } from './walk.ts';

/** Resources whose models are named. */
export const withModels = {
  of: 'with migrations and models',
  is: ({ migrations, models }: Resource<'databases'>) => migrations !== undefined && models !== undefined,
};

/** A statement for each difference that `compare` finds; one that says there is none. */
export async function holdAgainstModels(
  stage: DatabaseStage,
  what: string,
  mend: string,
  compare: (models: Shape, head: Shape) => readonly ShapeDifference[],
): Promise<readonly Statement[]> {
  const { models } = stage.resource;
  if (models === undefined)
    throw new CheckBroken(`databases.${stage.label}.models: expected what makes the tables of the models, got none`);
  await using bench = await openBench(stage);
  const head = (await bench.walked()).at(-1);
  if (head === undefined) throw new CheckBroken(`databases.${stage.label}: expected a history with a head, got none`);
  const reference = await makeReference(stage, bench, models, `databases.${stage.label}.models`);
  const leftOut = [...bench.source.bookkeeping, ...models.keeps.map(qualifyTable)];
  const differences = compare(shapeOf(await reference.use(readCatalogue), leftOut), shapeOf(head.catalogue, leftOut));
  if (differences.length === 0) return [{ what: `${stage.label}: ${what}`, expected: 'none', got: 'none' }];
  return differences.map(({ what: thing, expected, got }) => ({
    what: `${stage.label}: ${thing} at revision ${head.revision}`,
    expected,
    got,
    mend,
  }));
}
