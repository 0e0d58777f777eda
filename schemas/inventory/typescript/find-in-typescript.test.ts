import { expect, test } from 'vitest';
import { mergeFound } from '../merge-found.ts';
import { SourceFile } from '../source-file.ts';
import { findInTypeScript } from './find-in-typescript.ts';

const foundIn = (files: Readonly<Record<string, string>>) => {
  const sources = new Map(Object.entries(files).map(([path, text]) => [path, new SourceFile(path, text)]));
  const tree = { read: (path: string) => sources.get(path) ?? null };
  return mergeFound([...sources.values()].map((file) => findInTypeScript(file, tree)));
};

test('a document that one file makes and another sends is one, with the variables of the other', () => {
  const found = foundIn({
    'queries.ts': 'export const ME = gql`query Me($id: ID!) { user(id: $id) { name } }`;\n',
    'send.ts': "import { ME } from './queries.js';\nclient.request(ME, { id: '1' });\n",
  });
  expect(found.documents).toHaveLength(1);
  expect(found.documents[0]).toMatchObject({ place: { file: 'queries.ts', line: 1, column: 19 }, name: 'ME' });
  expect(found.documents[0]?.variables).toMatchObject([{ value: { kind: 'record', members: [{ name: 'id', value: { value: '1' } }] } }]);
});

test('a part that another file puts into a larger text is no document', () => {
  const found = foundIn({
    'head.ts': 'export const HEAD = `query Head {\n  me {\n`;\nexport const build = (name: string) => `query ${name} { me { id } }`;\n',
    'use.ts': "import { HEAD, build } from './head';\nconst QUERY = HEAD + 'id } }';\nsend(build('Built'));\n",
  });
  expect(found.documents.map(({ name, text }) => [name, text])).toEqual([
    ['QUERY', 'query Head {\n  me {\nid } }'],
    ['<module>', 'query Built { me { id } }'],
  ]);
  expect(found.unresolved).toEqual([]);
});

test.each([
  ['parentheses', `gql\`\`;x = ${'('.repeat(10_000)}1${')'.repeat(10_000)}`],
  ['functions', `gql\`\`;${'function f(){'.repeat(10_000)}${'}'.repeat(10_000)}`],
  ['templates', `gql\`\`;x = ${'`${'.repeat(10_000)}1${'}`'.repeat(10_000)}`],
  ['choices', `gql\`\`;x = ${'a ? b : '.repeat(10_000)}c`],
  ['else', `gql\`\`;${'if (a) {} else '.repeat(10_000)}{}`],
  ['if', `gql\`\`;${'if (a)\n'.repeat(10_000)}{}`],
  ['arrows', `gql\`\`;x = ${'a => '.repeat(10_000)}1`],
  ['types', `gql\`\`;type T = ${'A<'.repeat(10_000)}B${'>'.repeat(10_000)}`],
  ['unary', `gql\`\`;x = ${'- '.repeat(100_000)}1`],
])('ten thousand nested %s are told, and end no process', (_, text) => {
  expect(foundIn({ 'deep.ts': text }).unresolved).toMatchObject([{ reason: 'syntax' }]);
});

test('a sum of ten thousand terms is read', () => {
  const text = `export const Q = 'query Q {'${" + ' a'".repeat(10_000)} + ' }';`;
  expect(foundIn({ 'sum.ts': text }).documents[0]?.text).toHaveLength(9 + 20_000 + 2);
});

test('a document of ten thousand nested selections is told as broken, not a crash', () => {
  const text = `export const Q = 'query Q ${'{ a '.repeat(10_000)}${'}'.repeat(10_000)}';`;
  expect(foundIn({ 'hostile.ts': text }).documents).toHaveLength(1);
});

test('text that doubles with each line is not written out', () => {
  const lines = Array.from({ length: 60 }, (_, index) => `const a${index + 1} = a${index} + a${index};`);
  const found = foundIn({ 'double.ts': `const a0 = 'query Q { a } ';\n${lines.join('\n')}\nconst q = gql(a60);` });
  expect(new Set(found.unresolved.map(({ reason }) => reason))).toEqual(new Set(['too-many-variants']));
});

test('circles of constants, functions and modules end', () => {
  const found = foundIn({
    'a.ts': "import { b } from './b';\nexport const a = gql`query A { ${b} }`;\nexport * from './b';\n",
    'b.ts':
      "import { a } from './a';\nexport const b = `id ${a}`;\nexport * from './a';\nexport const f = (n: number): string => (n ? f(n - 1) : 'query F { a }');\nsend(f(3));\n",
  });
  expect(found.unresolved).toMatchObject([{ reason: 'cyclic' }]);
});

test.each([
  'const = gql`query { a }`',
  'const a = gql`query { a }',
  '<<<<<<< HEAD\nconst a = gql`query { a }`;\n=======\n>>>>>>> main',
  'gql(',
  'query {\n  not a program\n}',
])('what is no program is told: %j', (text) => {
  expect(foundIn({ 'broken.ts': text }).unresolved).toMatchObject([{ reason: 'syntax', place: { file: 'broken.ts' } }]);
});

test.each([
  ['by several hundred conditions', 300, (at: number) => `if (x) q += ' a${at}';`],
  ['by several hundred sums of itself', 300, (at: number) => `q = q + ' a${at}';`],
])('a text that is put together %s is told, not passed over', (_, times, line) => {
  const text = `let q = 'query Q {';\n${Array.from({ length: times }, (__, at) => line(at)).join('\n')}\nq += '}';\ngql(q);`;
  expect(foundIn({ 'long.ts': text }).unresolved).toMatchObject([{ reason: 'too-many-variants', name: 'q' }]);
});
