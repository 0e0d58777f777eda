import { expect, test } from 'vitest';
import { didYouMean } from './did-you-mean.ts';

const keys = ['subject', 'case', 'operation', 'expected', 'observed', 'expires'];

test.each([
  ['obsreved', 'observed'],
  ['Operation', 'operation'],
  ['operations', 'operation'],
  ['opration', 'operation'],
  ['expect', 'expected'],
  ['expiers', 'expires'],
  ['cas', 'case'],
])('%s is near %s', (word, near) => {
  expect(didYouMean(word, keys)).toBe(` (did you mean ${near}?)`);
});

test.each(['weather', 'xy', 'issue', ''])('%j is near nothing', (word) => {
  expect(didYouMean(word, keys)).toBe('');
});

test('a word of two letters is not near another by having as few', () => {
  expect(didYouMean('xy', ['ab'])).toBe('');
});
