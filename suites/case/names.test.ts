import { expect, test } from 'vitest';
import { symbolizer } from '../../backends/observation-rules.ts';
import { plainNames, sharedNames } from './names.ts';

const RUN = '20261125-071607-869-805985';

test('every name of a shared world begins with its prefix, is a name that quilt3 takes, and maps back to what a world of its own would say', () => {
  const names = sharedNames(RUN, ['1', 'parity/a', { backend: 'quilt3' }]);
  expect(names.packageName('data')).toMatch(/^xc20261125-071607-869-805985\/[0-9a-f]{10}-data$/);
  expect(names.packageName('data')).toMatch(/^[\w-]+\/[\w-]+$/);
  expect(names.packageName('data').startsWith(names.packageName(''))).toBe(true);
  expect(names.keyOf('d/a.txt').startsWith(`${names.own}/`)).toBe(true);
  expect(names.message('m')).toContain(names.own);
  const told = [names.packageName('data'), names.message('m'), names.freshName('chief'), names.keyOf('d/a.txt'), `xc${RUN}`];
  expect(symbolizer(names.symbols)(told)).toEqual([plainNames.packageName('data'), 'm', 'chief', '{own}/d/a.txt', '{run}']);
});

test('what tells a side from another tells their names apart, and the same side has the same names', () => {
  const units = [
    ['1', 'parity/a', {}, { backend: 'quilt3' }],
    ['1', 'parity/a', {}, { backend: 'platform' }],
    ['1', 'parity/a', { size: '1' }, { backend: 'quilt3' }],
    ['2', 'parity/a', {}, { backend: 'quilt3' }],
  ];
  expect(new Set(units.map((unit) => sharedNames(RUN, unit).own)).size).toBe(units.length);
  expect(sharedNames(RUN, units[0]).own).toBe(sharedNames(RUN, units[0]).own);
});
