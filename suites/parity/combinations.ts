/** Every choice among some things, for tables that must hold in every combination. */

/** All subsets, each in the order of the things; the empty one first. */
export function combinationsOf<T>(things: readonly T[]): readonly (readonly T[])[] {
  const all: (readonly T[])[] = [[]];
  for (const thing of things) all.push(...all.map((some) => [...some, thing]));
  return all;
}
