import { describe, expect, test } from 'vitest';
import { samplePlanned } from '../../reports/sample-run.ts';
import { EVERYTHING, NothingSelected, narrowedBy, refuseGone, refuseUnknown, whyNothing } from './selection.ts';

const planned = [samplePlanned('parity/list-packages/backend:quilt3')];

describe('what narrows a selection', () => {
  test.each([
    [{}, null],
    [{ suites: ['b', 'a', 'b'] }, 'a b'],
    [{ grep: 'x', tags: ['t', 's'] }, '--grep x --tag s --tag t'],
  ])('%j is %s', (but, text) => {
    expect(narrowedBy({ ...EVERYTHING, ...but })).toBe(text);
  });
  test('ids are the same text in any order, and another for others', () => {
    const of = (...ids: string[]) => narrowedBy({ ...EVERYTHING, ids: new Set(ids) });
    expect(of('a', 'b')).toBe(of('b', 'a'));
    expect(of('a', 'b')).not.toBe(of('a', 'c'));
  });
});

describe('a suite that there is not', () => {
  test.each(['parity', 'parity/list-packages', 'parity/list-packages/backend:quilt3'])('%s is there', (name) => {
    expect(() => refuseUnknown([name], planned)).not.toThrow();
  });
  test.each([
    ['parit', /suite "parit": .*did you mean parity\?/],
    ['parity/list-package', /did you mean parity\/list-packages\?/],
    ['parity/list-packages/backend:quilt', /did you mean parity\/list-packages\/backend:quilt3\?/],
  ])('%s is refused, though another is there', (name, says) => {
    expect(() => refuseUnknown(['parity', name], planned)).toThrow(NothingSelected);
    expect(() => refuseUnknown(['parity', name], planned)).toThrow(says);
  });
});

test('an empty shard is told from an empty selection', () => {
  const selection = { ...EVERYTHING, backends: [], grep: 'x' };
  expect(whyNothing(selection, 0)).toContain('--grep x');
  expect(whyNothing({ ...selection, shard: { index: 2, count: 9 } }, 7)).toContain('shard 2/9 holds none of the 7 cases');
});

test('ids of an earlier run that are no cases any more are refused by name', () => {
  const there = [{ id: 'parity/a' }, { id: 'parity/b' }];
  expect(() => refuseGone(new Set(['parity/a']), there)).not.toThrow();
  expect(() => refuseGone(new Set(['parity/a', 'parity/renamed']), there)).toThrow(/got 1 that are gone: parity\/renamed/);
});
