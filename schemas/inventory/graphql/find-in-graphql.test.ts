import { expect, test } from 'vitest';
import { mergeFound } from '../merge-found.ts';
import { SourceFile } from '../source-file.ts';
import { plainText } from '../text-value.ts';
import { findInTypeScript } from '../typescript/find-in-typescript.ts';
import { findInGraphql } from './find-in-graphql.ts';

const treeOf = (files: Readonly<Record<string, string>>) => {
  const sources = new Map(Object.entries(files).map(([path, text]) => [path, new SourceFile(path, text)]));
  return { sources, tree: { read: (path: string) => sources.get(path) ?? null } };
};

const foundIn = (files: Readonly<Record<string, string>>, path = Object.keys(files)[0] ?? '') => {
  const { sources, tree } = treeOf(files);
  return findInGraphql(sources.get(path) ?? new SourceFile(path, ''), tree);
};

test('a file is one document by the name of its operation, from its first definition', () => {
  const [document, ...more] = foundIn({
    'a.graphql': '# what it is for\n\nquery Me { me { ...F } }\nfragment F on Me { name }\n',
  }).documents;
  expect(more).toEqual([]);
  expect(document).toMatchObject({ language: 'graphql', name: 'Me', place: { file: 'a.graphql', line: 3, column: 1 }, variant: null });
  expect(plainText(document?.runs ?? [])).toBe(document?.text);
});

test('what a file imports is part of its document, each file once', () => {
  const found = foundIn({
    'q/a.graphql': '#import "./b.graphql"\n#import "../c.graphql"\nquery Me { me { ...B ...C } }',
    'q/b.graphql': '# import "../c.graphql"\nfragment B on Me { ...C }',
    'c.graphql': '#import "./q/a.graphql"\nfragment C on Me { name }',
  });
  expect(found.unresolved).toEqual([]);
  expect(found.documents[0]?.text.match(/fragment \w/g)).toEqual(['fragment B', 'fragment C']);
  expect(found.documents[0]?.runs.at(-1)?.file.path).toBe('c.graphql');
});

test('an import that is not there is told where it stands', () => {
  const found = foundIn({ 'a.gql': '\n#import "./gone.graphql"\nquery Me { me { ...B } }' });
  expect(found.unresolved).toMatchObject([{ reason: 'import', name: 'Me', place: { file: 'a.gql', line: 2, column: 1 } }]);
});

test.each(['type Query { me: Me }', '"""query { me }"""\nschema { query: Q }', 'extend type Me { a: Int }', '', '# nothing\n'])(
  'definitions of types are no document: %j',
  (text) => {
    expect(foundIn({ 'a.graphql': text })).toEqual({ documents: [], unresolved: [], comparisons: [] });
  },
);

test('a file with a mistake is a document, so that its mistake is told', () => {
  expect(foundIn({ 'a.graphql': 'query Me { me { name }' }).documents).toHaveLength(1);
});

test('a program that imports a file says with which variables it is sent', () => {
  const { sources, tree } = treeOf({
    'me.graphql': 'query Me($id: ID!) { user(id: $id) { name } }',
    'use.ts': "import Me from './me.graphql';\nexport const run = () => client.query({ query: Me, variables: { id: 1 } });",
  });
  const [graphql, program] = [...sources.values()];
  if (graphql === undefined || program === undefined) throw new Error('two files were given');
  const found = mergeFound([findInGraphql(graphql, tree), findInTypeScript(program, tree)]);
  expect(found.documents).toMatchObject([
    { place: { file: 'me.graphql', line: 1, column: 1 }, variables: [{ value: { kind: 'record' } }] },
  ]);
});
