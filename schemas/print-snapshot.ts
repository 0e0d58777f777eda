/** A schema as text to commit: sorted, so that two servers that offer the same have the same text. */
import { lexicographicSortSchema, printSchema } from 'graphql';
import type { Contract } from './contract.ts';

/** Sorted SDL that ends with a newline. Applied directives are not in it, since no introspection tells them. */
export function printSnapshot({ schema }: Contract): string {
  return `${printSchema(lexicographicSortSchema(schema))}\n`;
}
