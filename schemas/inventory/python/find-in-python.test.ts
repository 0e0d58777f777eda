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
