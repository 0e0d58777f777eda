/** The databases that an app may find when it starts: an empty one, one of the release before, and one of its own. */
import { generateRows } from './generate-rows.ts';
import { makeReference } from './reference.ts';
import { readShape } from './schema-shape.ts';
import type { ScratchDatabase } from './scratch.ts';
import { keptAt } from './tidy-rows.ts';
import type { Bench, DatabaseStage } from './walk.ts';

/** Each with its name, made when it is asked for. The migrations are run before where the app's start does not. */
export async function startDatabases(
  stage: DatabaseStage,
  bench: Bench,
): Promise<readonly { readonly name: string; make(): Promise<ScratchDatabase> }[]> {
  const { scratch, source } = bench;
  const states = await bench.walked();
  const [first, head, before] = [states[0], states.at(-1), states.at(-2)];
  if (first === undefined || head === undefined || before === undefined) return [];
  const kept = keptAt(await head.template.use(readShape));
  const filled = async (database: ScratchDatabase) => {
    await database.use((sql) => generateRows(sql, { leftOut: source.bookkeeping, alsoKeep: kept }));
    return database;
  };
  const toHead = async (database: ScratchDatabase) => {
    if (stage.resource.start?.migrates === false) await source.migrate(database.url);
    return database;
  };
  const { previous } = stage.resource;
  return [
    { name: 'an empty database', make: async () => toHead(await scratch.create(first.template)) },
    {
      name: 'a database of the release before',
      make: async () =>
        toHead(
          await filled(
            previous === undefined
              ? await scratch.create(before.template)
              : await makeReference(stage, bench, previous, `databases.${stage.label}.previous`),
          ),
        ),
    },
    { name: 'a database of this release', make: async () => filled(await scratch.create(head.template)) },
  ];
}
