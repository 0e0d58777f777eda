import { expect, test } from 'vitest';
import { documentsOf, renderReconciliation } from './reconciliation-table.ts';
import type { CaseResult } from './result.ts';

const judged = (id: string, documents?: Readonly<Record<string, number>>) => ({ id, result: { documents } as unknown as CaseResult });

test('a document is one however many cases sent it; an older store has none', () => {
  expect(
    documentsOf([
      judged('a/b/c', { 'Q 12': 2, 'anonymous 34 { me }': 1 }),
      judged('a/b/d', { 'Q 12': 1 }),
      judged('a/b/e'),
      { id: 'x', result: null },
    ]),
  ).toEqual([
    { key: '12', operation: 'Q', count: 3, note: 'a/b/c' },
    { key: '34', operation: 'anonymous { me }', count: 1, note: 'a/b/c' },
  ]);
});

test('names scenarios that sent what is in no source, and operations that were never sent', () => {
  const unsourced = documentsOf([judged('a/b/c', { 'anonymous 34 { me }': 2, 'Q 12': 1 }), judged('a/d', { 'R 56': 1 })]);
  const unsent = [{ operation: 'S', place: { file: 'x.graphql', line: 3, column: 1 } }];
  expect(renderReconciliation({ operations: 5, unsourced, unsent }, { color: false, width: 80 })).toBe(
    `sent, but in no .graphql file of a backend  documents  times       one of them
a/b                                                 2      3  anonymous { me }
a/d                                                 1      1                 R

4 of 5 operations in .graphql files of the backends were sent; never sent:
  x.graphql:3:1  S
`,
  );
});
