import { expect, test } from 'vitest';
import { orderCases } from './order-cases.ts';

const file = (name: string) => ['quilt3', 'platform', 'agree'].map((backend) => ({ id: `parity/${name}/${backend}` }));
const order = (name: string, seed: number) =>
  orderCases(file(name), seed)
    .map(({ id }) => id.split('/').at(-1))
    .join();

test('one seed gives one order, and 20 seeds give every order of three cases', () => {
  expect(order('a', 1)).toBe(order('a', 1));
  expect(new Set(Array.from({ length: 20 }, (_, seed) => order('a', seed))).size).toBe(6);
});

test('one seed gives files different orders', () => {
  expect(new Set(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((name) => order(name, 1))).size).toBeGreaterThan(3);
});
