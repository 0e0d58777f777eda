/** What calls pass as variables, written out: `{name: value, sometimes?: value, ...}`; `...` where more may be, `?` where nothing is known. */
import { expect, test } from 'vitest';
import { mergeFound } from '../merge-found.ts';
import type { SeenValue } from '../seen-value.ts';
import { SourceFile } from '../source-file.ts';
import { findInTypeScript } from './find-in-typescript.ts';

const shown = (value: SeenValue): string => {
  switch (value.kind) {
    case 'scalar':
      return JSON.stringify(value.value);
    case 'list':
      return `[${[...value.items.map(shown), ...(value.open ? ['...'] : [])].join(', ')}]`;
    case 'record':
      return `{${[...value.members.map(({ name, value: inner, always }) => `${name}${always ? '' : '?'}: ${shown(inner)}`), ...(value.open ? ['...'] : [])].join(', ')}}`;
    case 'choice':
      return value.of.map(shown).join(' | ');
    case 'unknown':
      return '?';
  }
};

/** The variables of the first document of some files. */
function passed(files: string | Readonly<Record<string, string>>): readonly string[] {
  const all = typeof files === 'string' ? { 'a.ts': files } : files;
  const sources = new Map(Object.entries(all).map(([path, text]) => [path, new SourceFile(path, text)]));
  const found = mergeFound([...sources.values()].map((file) => findInTypeScript(file, { read: (path) => sources.get(path) ?? null })));
  expect(found.documents).toHaveLength(1);
  return (found.documents[0]?.variables ?? []).map(
    (one) => `${one.operationName === null ? '' : `${one.operationName}: `}${shown(one.value)}`,
  );
}

const M = 'const M = gql`mutation M($input: ManagedPolicyInput!) { create(input: $input) { id } }`;\n';

test.each<[string, string, string[]]>([
  [
    'a literal',
    `client.request(M, { input: { title: 'a', permissions: [{ bucketName: 'b', level: 'READ' }] } });`,
    ['{input: {title: "a", permissions: [{bucketName: "b", level: "READ"}]}}'],
  ],
  ['numbers, booleans and null', `client.request(M, { a: 1, b: -1.5, c: true, d: null });`, ['{a: 1, b: -1.5, c: true, d: null}']],
  ['an option of that name', `client.mutate({ mutation: M, variables: { input: {} } });`, ['{input: {}}']],
  ['beside a query', `fetch('/graphql', { body: JSON.stringify({ query: M, variables: { a: 1 }, operationName: 'M' }) });`, ['M: {a: 1}']],
  ['a hook', `const { data } = useQuery(M, { variables: { id: '1' }, skip: true });`, ['{id: "1"}']],
  ['a hook without any', `const { data } = useQuery(M, { skip: true });`, []],
  ['a mutation hook', `const [send] = useMutation(M); send({ variables: { id: 1 } });`, ['{id: 1}']],
  ["urql's hook", `const [state, send] = useMutation(M); send({ id: 1 });`, ['{id: 1}']],
  ['a constant', `const input = { title: 'a' }; client.request(M, { input });`, ['{input: {title: "a"}}']],
  [
    'built over several lines',
    `const input: any = {};\ninput.title = 'a';\ninput['arn'] = arn;\nif (roles) input.roles = roles;\nclient.request(M, { input });`,
    ['{input: {title: "a", arn: ?, roles?: ?}}'],
  ],
  [
    'nested writes',
    `const v: any = { input: { title: 'a' } };\nv.input.name = 'b';\nclient.request(M, v);`,
    ['{input: {title: "a", name: "b"}}'],
  ],
  ['deleted', `const v: any = { a: 1, b: 2 };\ndelete v.a;\nclient.request(M, v);`, ['{b: 2}']],
  ['a spread of what is known', `const base = { a: 1, b: 2 }; client.request(M, { ...base, b: 'x' });`, ['{a: 1, b: "x"}']],
  ['a spread of what is not', `client.request(M, { ...given, b: 1 });`, ['{b: 1, ...}']],
  ['a spread on some ways', `client.request(M, { a: 1, ...(wide && { b: 2 }), ...(wide ? { c: 3 } : {}) });`, ['{a: 1, b?: 2, c?: 3}']],
  ['undefined', `client.request(M, { a: undefined, b: wide ? 1 : undefined, c: 2 });`, ['{b?: 1 | ?, c: 2}']],
  ['a choice', `client.request(M, { a: wide ? 1 : 'x', b: given ?? 5 });`, ['{a: 1 | "x", b: ? | 5}']],
  ['Object.assign', `const v = {}; Object.assign(v, { a: 1 }); client.request(M, Object.assign({}, v, { b: 2 }));`, ['{a: 1, b: 2}']],
  [
    'a helper function',
    `const permission = (bucket: string) => ({ bucketName: bucket, level: 'READ' });\nfunction input(title: string) {\n  const made: any = { title };\n  made.permissions = [permission('b')];\n  return made;\n}\nclient.request(M, { input: input('t') });`,
    ['{input: {title: "t", permissions: [{bucketName: "b", level: "READ"}]}}'],
  ],
  [
    'a mapped list',
    `client.request(M, { permissions: names.map((name) => ({ bucketName: name, level: 'READ' })) });`,
    ['{permissions: [{bucketName: ?, level: "READ"}, ...]}'],
  ],
  ['a list with more', `client.request(M, { ids: ['a', ...more] });`, ['{ids: ["a", ...]}']],
  ['pushed to', `const ids = ['a']; ids.push(more); client.request(M, { ids });`, ['{ids: ["a", ...]}']],
  [
    'objects pushed to a list',
    `const list = []; for (const one of many) { list.push({ bucketName: one, level: 'READ' }); } client.request(M, { list });`,
    ['{list: [{bucketName: ?, level: "READ"}, ...]}'],
  ],
  [
    'objects pushed to a list in an object',
    `const v: any = { list: [] }; many.forEach((one) => v.list.push({ bucketName: one })); client.request(M, v);`,
    ['{list: [{bucketName: ?}, ...]}'],
  ],
  ['handed to what may change it', `const v = { a: 1 }; addDefaults(v); client.request(M, v);`, ['{a: 1, ...}']],
  ['a parameter', `export const run = (variables: object) => client.request(M, variables);`, ['?']],
  [
    'members of a parameter',
    `export const run = (o: Options) => client.request(M, { id: o.id, first: o.first ?? 10 });`,
    ['{id: ?, first: ? | 10}'],
  ],
  ['a template', 'client.request(M, { a: `x`, b: `x${y}` });', ['{a: "x", b: ?}']],
  ['an enum', `enum L { Read = 'READ' } client.request(M, { level: L.Read });`, ['{level: "READ"}']],
  ['computed keys', `const key = 'a'; client.request(M, { [key]: 1, [other]: 2 });`, ['{a: 1, ...}']],
  ['several calls', `client.request(M, { a: 1 }); client.request(M, { a: 2 });`, ['{a: 1}', '{a: 2}']],
  ['headers are none', `client.request(M, { headers: { a: 'b' } });`, []],
  [
    'a wrapper of the program',
    `const send = (query: string, variables: object) => fetch('/', { body: JSON.stringify({ query, variables }) });\nsend(M, { a: 1 });`,
    ['{a: 1}'],
  ],
  [
    'a wrapper that adds',
    `async function send(document: string, id: string) { return client.request(document, { id, first: 1 }); }\nsend(M, 'x');`,
    ['{id: "x", first: 1}'],
  ],
  ['graphql-js', `graphql(schema, M, null, context, { a: 1 });`, ['{a: 1}']],
  ['a request with its address', `request(url, M, { a: 1 });`, ['{a: 1}']],
  ['what circles', `const v: any = {}; v.self = v; client.request(M, v);`, ['{self: ?}']],
])('%s', (_, text, expected) => {
  expect(passed(M + text)).toEqual(expected);
});

test('text of several statements, handed on by a wrapper', () => {
  const wrapper = `const hand = (query: string, variables: object) => fetch('/', { body: JSON.stringify({ query, variables }) });\n`;
  expect(passed(`${wrapper}function f() { let m = 'mutation M {'; m += ' create { id } }'; return hand(m, { a: 1 }); }`)).toEqual([
    '{a: 1}',
  ]);
});

test('a method of a client class of the program hands on, in another file', () => {
  expect(
    passed({
      'api.ts': `export class Api {\n  private post(query: string, variables: object) { return fetch('/', { body: JSON.stringify({ query, variables }) }); }\n  create(input: object) { return this.post(M, { input }); }\n}\n${M}`,
      'use.ts': `import { Api } from './api';\nnew Api().create({ title: 'query' });`,
    }),
  ).toEqual(['{input: ?}', '{input: {title: "query"}}']);
});
