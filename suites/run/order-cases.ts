/** The order of a file's cases under a seed. Vitest's own shuffle gives all files of three cases the same order, and for many seeds the plan's. */
import { createHash } from 'node:crypto';

/** The cases in an order of the seed's, other for each file. */
export function orderCases<T extends { readonly id: string }>(cases: readonly T[], seed: number): readonly T[] {
  const place = (id: string) => createHash('sha256').update(`${seed} ${id}`).digest('hex');
  return cases
    .map((one) => ({ one, at: place(one.id) }))
    .sort((a, b) => (a.at < b.at ? -1 : 1))
    .map(({ one }) => one);
}
