/** Forms that tags can have in the metadata of a package (P-24), by name. */
import type { Json } from '../../backends/shapes.ts';

export const tagForms: Readonly<Record<string, Json>> = {
  list: ['b', 'a', 'b'],
  text: 'one',
  none: null,
  mixed: ['a', 1, null, { b: 2 }, 'c'],
  empty: [],
  object: { a: 1 },
  number: 7,
};
