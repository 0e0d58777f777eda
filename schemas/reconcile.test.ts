import { describe, expect, test } from 'vitest';
import type { FoundDocument } from './inventory/found.ts';
import { SourceFile } from './inventory/source-file.ts';
import { documentKey, reconcile } from './reconcile.ts';

const found = (path: string, text: string): FoundDocument => {
  const file = new SourceFile(path, text);
  const runs = [{ text, file, at: 0, verbatim: true }];
  return { language: 'graphql', place: file.placeOf(0), name: 'around', text, runs, variant: null, variables: [] };
};

describe('documentKey', () => {
  const text = 'query Q($a: Int, $b: Int) { f(x: $a, y: $b) { ...F id } } fragment F on T { name }';
  const key = documentKey(text, 'Q');
  test.each([
    ['layout, commas and comments', 'query Q($a:Int,$b:Int){\n# what\nf(x:$a y:$b){...F\nid}}\nfragment F on T{name}'],
    [
      'the order of definitions, variables, arguments and selections',
      'fragment F on T { name } query Q($b: Int, $a: Int) { f(y: $b, x: $a) { id ...F } }',
    ],
    [
      'what clients add',
      'query Q($a: Int, $b: Int) { __typename f(x: $a, y: $b) { __typename ...F id } } fragment F on T { name __typename }',
    ],
    ['other operations and fragments beside it', `${text} query R { a } fragment G on T { b }`],
  ])('%s change nothing', (_what, same) => {
    expect(documentKey(same, 'Q')).toBe(key);
  });
  test.each([
    ['another field', text.replace('id', 'ids')],
    ['an alias', text.replace('id', 'a: id')],
    ['another value', text.replace('x: $a', 'x: 1')],
    ['a fragment of a fragment', text.replace('name', '...G').concat(' fragment G on T { name }')],
    ['another name', text.replace('query Q', 'query P')],
  ])('%s does', (_what, other) => {
    expect(documentKey(other, other.includes('query P') ? 'P' : 'Q')).not.toBe(key);
  });
  test('fragments count wherever they are spread, in any order', () => {
    const nested = (inner: string) =>
      documentKey(`{ ...F ...H } fragment F on T { ...G } fragment G on T { ${inner} } fragment H on T { h }`, null);
    expect(nested('a')).not.toBe(nested('b'));
    expect(documentKey('{ ...H ...F } fragment H on T { h } fragment G on T { a } fragment F on T { ...G }', null)).toBe(nested('a'));
  });
  test('what cannot be parsed is itself', () => {
    expect(documentKey('{ a', null)).toBe(documentKey(' { a\n', null));
    expect(documentKey('{ a', null)).not.toBe(documentKey('{ b', null));
  });
});

test('what was sent stands in a source or not, and what stands in source was sent or not', () => {
  const sources = [found('q.graphql', 'query Q { me { ...F } }\nquery R { me { id } }'), found('f.graphql', 'fragment F on Me { name }')];
  const sent = (text: string, operation: string, count: number) => ({ key: documentKey(text, operation), operation, count, note: '' });
  const { operations, unsourced, unsent } = reconcile(sources, [
    sent('query Q { me { ...F } } fragment F on Me { name }', 'Q', 3),
    sent('query S { me { id } }', 'S', 1),
    sent('query T { me { id } }', 'T', 2),
  ]);
  expect(operations).toBe(2);
  expect(unsourced.map(({ operation }) => operation)).toEqual(['T', 'S']);
  expect(unsent).toEqual([{ operation: 'R', place: { file: 'q.graphql', line: 2, column: 1 } }]);
});
