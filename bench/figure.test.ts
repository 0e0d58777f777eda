import { describe, expect, it } from 'vitest';
import { figure, judgeFigure, median } from './figure.ts';

describe('judgeFigure', () => {
  it('is over only beyond the budget, on the side that the budget guards', () => {
    const verdict = (value: number, kind: 'most' | 'least') =>
      judgeFigure(figure('start', value, 's', 'once', { budget: { kind, value: 2 } })).verdict;
    expect([1, 2, 2.1, Number.NaN].map((value) => verdict(value, 'most'))).toEqual(['ok', 'ok', 'over', 'over']);
    expect([1.9, 2, 3].map((value) => verdict(value, 'least'))).toEqual(['over', 'ok', 'ok']);
  });

  it('gives the ratios to budget and peer, and none where there is neither', () => {
    const both = { budget: { kind: 'least', value: 200 }, peer: { name: 'other', value: 50 } } as const;
    expect(judgeFigure(figure('get', 100, '/s', 'once', both))).toMatchObject({ ofBudget: 0.5, ofPeer: 2, verdict: 'over' });
    expect(judgeFigure(figure('get', 100, '/s', 'once'))).toMatchObject({ ofBudget: null, ofPeer: null, verdict: 'no budget' });
  });
});

describe('median', () => {
  it('is the middle by size, not by place', () => {
    expect([median([9, 1, 5]), median([10, 2, 4, 8]), median([3])]).toEqual([5, 6, 3]);
    expect(() => median([])).toThrow('expected at least one value');
  });
});
