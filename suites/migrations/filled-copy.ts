/** A copy of a state with rows in it that the next revision bears. */
import { generateRows } from './generate-rows.ts';
import { failureOf } from './migration-source.ts';
import { readShape } from './schema-shape.ts';
import type { ScratchDatabase } from './scratch.ts';
import { keptAt } from './tidy-rows.ts';
import type { Bench, WalkedState } from './walk.ts';

/** The copy. It is empty where the next revision fails on rows: that it does, `bring-populated-to-head` says, and other questions are still asked. */
export async function filledFor({ scratch, source }: Bench, before: WalkedState, next: WalkedState): Promise<ScratchDatabase> {
  const shape = await next.template.use(readShape);
  const filled = await scratch.create(before.template);
  await filled.use((sql) => generateRows(sql, { leftOut: source.bookkeeping, alsoKeep: keptAt(shape) }));
  const trial = await scratch.create(filled);
  const failure = await failureOf(source.migrate(trial.url, source.steps === true ? (next.revision ?? undefined) : undefined));
  await scratch.drop(trial);
  if (failure === null) return filled;
  await scratch.drop(filled);
  return scratch.create(before.template);
}
