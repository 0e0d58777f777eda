import { expect, test } from 'vitest';
import { SourceFile } from '../source-file.ts';
import { findInPython } from './find-in-python.ts';

const none = { read: () => null };

test('finds a document, where it stands and the variables that go with it', () => {
  const source = [
    'def get(client, id):',
    '    query = """',
    '    query policy($id: ID!) { policy(id: $id) { title } }',
    '    """',
    '    return client.execute(query, variables={"id": id})',
    '',
  ];
  const found = findInPython(new SourceFile('a.py', source.join('\n')), none);
  expect(found.unresolved).toEqual([]);
  expect(found.documents).toMatchObject([{ name: 'get', place: { file: 'a.py', line: 2, column: 13 }, variant: null }]);
  expect(found.documents[0]?.variables).toMatchObject([
    { value: { kind: 'record', open: false, members: [{ name: 'id', always: true }] } },
  ]);
});

const found = (source: string) => findInPython(new SourceFile('a.py', source), none);
const DEEP = 10_000;

test.each([
  ['brackets', `query = ${'('.repeat(DEEP)}"query A { a { b } }"${')'.repeat(DEEP)}\n`],
  ['calls', `query = ${'f('.repeat(DEEP)}"query A { a { b } }"${')'.repeat(DEEP)}\n`],
  ['operators', `query = "query A { a { b "${' + "c "'.repeat(DEEP)} + "} }"\n`],
])('what nests too deep in %s is listed, not guessed and not passed over', (_name, source) => {
  const { documents, unresolved } = found(source);
  expect(documents).toEqual([]);
  expect(unresolved.length).toBeGreaterThan(0);
});

test('a text that ten thousand statements add to is one document', () => {
  const { documents, unresolved } = found(`query = "query A { a { b "\n${'query += "c "\n'.repeat(DEEP)}query += "} }"\n`);
  expect(unresolved).toEqual([]);
  expect(documents.map((one) => one.text.length)).toEqual(['query A { a { b } }'.length + 2 * DEEP]);
});

test('names, functions and classes that are made of themselves end', () => {
  const { unresolved } = found('def f(n):\n    return f(n) + "a"\n\nclass A(A):\n    pass\n\nx = x\nquery = "query A { " + f(1) + " }"\n');
  expect(unresolved.map((one) => one.reason)).toEqual(['cyclic']);
});
