import { expect, test } from 'vitest';
import type { Found } from '../inventory/found.ts';
import { SourceFile } from '../inventory/source-file.ts';
import { decodeFound, encodeFound } from './found-json.ts';

test('what was found comes back as it was, with the files of the tree', () => {
  const file = new SourceFile('a.py', 'x = "{ a }"');
  const other = new SourceFile('b.py', '{ b }');
  const runs = [
    { text: '{ a }', file, at: 5, verbatim: true },
    { text: '\n', file, at: 2, verbatim: false },
    { text: '{ b }', file: other, at: 0, verbatim: true },
    // Says that it is a copy, and is none.
    { text: '{ c }', file: other, at: 0, verbatim: true },
  ];
  const found: Found = {
    documents: [
      {
        language: 'python',
        place: file.placeOf(5),
        name: '<module>',
        text: runs.map((run) => run.text).join(''),
        runs,
        variant: 2,
        variables: [
          {
            operationName: null,
            value: {
              kind: 'record',
              file,
              at: 1,
              open: true,
              members: [{ name: '$run', file: other, at: 2, always: false, value: { kind: 'unknown', file, at: 3 } }],
            },
          },
        ],
      },
    ],
    unresolved: [{ place: file.placeOf(0), name: 'f', reason: 'call', message: 'text' }],
    comparisons: [{ place: other.placeOf(1), typeName: 'A' }],
  };
  const text = encodeFound(found);
  expect(text).not.toContain('{ a }');
  const again = decodeFound(text, file, { read: (path) => (path === 'b.py' ? other : null) });
  expect(again).toEqual(found);
  expect([again.documents[0]?.runs[0]?.file, again.documents[0]?.runs[2]?.file]).toEqual([file, other]);
});
