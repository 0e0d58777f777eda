/** What rows keep to although their schema does not demand it yet: an app that knows the head does. */
import type { GenerateOptions } from './generate-rows.ts';
import type { SchemaShape } from './schema-shape.ts';

/** All that the schema at head demands, for rows that are made at an earlier revision. */
export function keptAt({ tables, foreignKeys, unique, checks }: SchemaShape): NonNullable<GenerateOptions['alsoKeep']> {
  const notNull = tables.flatMap(({ name, columns }) =>
    columns.filter((column) => column.notNull).map((column) => `${name}.${column.name}`),
  );
  return { foreignKeys, unique, checks, notNull: new Set(notNull) };
}
