import { describe, expect, test } from 'vitest';
import { sampleContract } from '../sample-schema.ts';
import { judgeFound } from './judge-found.ts';
import { findAll } from './scan.ts';
import { stubFinders, treeOf } from './stub-language.ts';
import type { Violation } from './violation.ts';

async function judge(files: Readonly<Record<string, string>>): Promise<readonly Violation[]> {
  const { documents } = await findAll(treeOf(files), stubFinders);
  return judgeFound(sampleContract, documents);
}
/** The text without its marks, and where they stood. */
function marked(text: string): { readonly text: string; readonly places: readonly string[] } {
  const places: string[] = [];
  for (const [row, line] of text.split('\n').entries())
    for (const [nth, mark] of [...line.matchAll(/§/g)].entries()) places.push(`${row + 1}:${mark.index - nth + 1}`);
  return { text: text.replaceAll('§', ''), places };
}
const brief = ({ file, line, column, rule, operation }: Violation) => `${file}:${line}:${column} ${rule} ${operation}`;

describe('judgeFound', () => {
  test('C-01: says everything about a violation', async () => {
    expect(await judge({ 'a.graphql': 'query Policies {\n  policies { id name }\n}\n' })).toEqual([
      {
        file: 'a.graphql',
        line: 2,
        column: 17,
        operation: 'Policies',
        name: 'a.graphql',
        rule: 'FieldsOnCorrectTypeRule',
        severity: 'error',
        schema: 'sample.graphql',
        message: 'Cannot query field "name" on type "Policy"; did you mean "title"?',
      },
    ]);
  });

  test('places are those of the file, across pieces and escapes', async () => {
    const { text, places } = marked(
      String.raw`- name: Client.get
  text: ["query P { ", "policies {", " id\n§nome\"", "\" } }"]
- text: ["query Q {", "policies { id\n  §n", "ome }", " §my }"]
`.replaceAll(String.raw`\"`, ''),
    );
    const found = await judge({ 'a.stub': text });
    expect(found.map(({ line, column }) => `${line}:${column}`)).toEqual(places);
  });

  test('an operation without a name is called by the definition around it', async () => {
    const { text, places } = marked('- { name: Client.list, text: "{ policies { §nome } }" }');
    expect((await judge({ 'a.stub': text })).map(brief)).toEqual([`a.stub:${places[0]} FieldsOnCorrectTypeRule Client.list`]);
  });

  test('fragments of other files belong to the documents that spread them, and are judged at their own place once', async () => {
    const files = {
      'a.graphql': 'query A { policies { ...P } }',
      'b.graphql': 'query B { policies { ...P } }',
      'p.graphql': 'fragment P on Policy {\n  ...Q\n}',
      'q.graphql': 'fragment Q on Policy {\n  id nome\n}',
    };
    expect((await judge(files)).map(brief)).toEqual(['q.graphql:2:6 FieldsOnCorrectTypeRule A']);
  });

  test('a fragment is not unused when another file spreads it, and is when none does', async () => {
    const files = { 'a.graphql': 'query A { me { name } } fragment U on User { name }', 'b.graphql': 'query B { me { ...U } }' };
    expect(await judge(files)).toEqual([]);
    expect((await judge({ ...files, 'b.graphql': 'query B { me { name } }' })).map(brief)).toEqual([
      'a.graphql:1:25 NoUnusedFragmentsRule A',
    ]);
  });

  test('a name that two files give to different fragments is none, unless it stands in the same file', async () => {
    const files = {
      'a.graphql': 'query A { me { ...U } }',
      'b.graphql': 'fragment U on User { name }',
      'c.graphql': 'fragment U on User { email }',
    };
    const [ambiguous, ...more] = await judge(files);
    expect(more).toEqual([]);
    expect(ambiguous?.message).toBe('Unknown fragment "U": the tree has 2 that differ, at b.graphql:1, c.graphql:1');
    expect(await judge({ ...files, 'c.graphql': 'fragment U on User {\n  name\n}' })).toEqual([]);
  });

  test('a fragment from another file means the fragments of that file', async () => {
    const files = {
      'a.graphql': 'query A { me { ...U } }',
      'u.graphql': 'fragment U on User { ...N } fragment N on User { name }',
      'n.graphql': 'fragment N on User { email }',
    };
    expect(await judge(files)).toEqual([]);
  });

  test('a spread is found behind whatever stands between its dots and its name', async () => {
    const u = 'fragment U on User { nome }';
    for (const spread of ['...U', '... U', '...,\n#c ... d\n#e\nU', '...\uFEFFU', '... on User { ...U }', '...onU'])
      expect(
        (
          await judge({
            'a.graphql': `query A { me { ${spread} } }`,
            'u.graphql': u.replace('U on', `${spread.endsWith('onU') ? 'onU' : 'U'} on`),
          })
        ).length,
        spread,
      ).toBe(1);
  });

  test('of fragments that differ, the one of the nearest folder is meant', async () => {
    const files = {
      'one/deep/a.graphql': 'query A { me { ...U } }',
      'one/u.graphql': 'fragment U on User { name }',
      'two/u.graphql': 'fragment U on User { email }',
    };
    expect(await judge(files)).toEqual([]);
    expect((await judge({ ...files, 'one/v.graphql': 'fragment U on User { roles { id } }' })).map(({ message }) => message)).toEqual([
      'Unknown fragment "U": the tree has 3 that differ, at one/u.graphql:1, one/v.graphql:1, two/u.graphql:1',
    ]);
  });

  test('a fragment that came in twice is dropped by tags, and refused in a plain Python string', async () => {
    const { text, places } = marked(
      '- { text: ["query A { me { ...U } } ", "fragment §U on User { name } ", "fragment U on User { name }"] }',
    );
    expect(await judge({ 'a.stub': text })).toEqual([]);
    expect((await judge({ 'a.stub': text.replace(/}$/, ', python: true }') })).map(brief)).toEqual([
      `a.stub:${places[0]} UniqueFragmentNamesRule A`,
    ]);
  });

  test('type definitions are no documents', async () => {
    expect(await judge({ 'schema.graphql': 'type Query { a: Int }' })).toEqual([]);
  });

  test('what cannot be parsed is one finding at its place', async () => {
    expect((await judge({ 'a.graphql': 'query A {\n  me {\n}' })).map(brief)).toEqual(['a.graphql:3:2 syntax a.graphql']);
  });

  test('a hostile document is named, not judged', async () => {
    const deep = `query A ${'{ me '.repeat(10_000)}${'}'.repeat(10_000)}`;
    const long = `query A { ${'me { name } '.repeat(20_000)} }`;
    const rounds = Array.from({ length: 40 }, (_, n) => `fragment F${n} on User { ...F${n + 1} ...F${n + 1} }`).join(' ');
    const found = await judge({
      'deep.graphql': deep,
      'long.graphql': long,
      'laughs.graphql': `query A { me { ...F0 } } ${rounds} fragment F40 on User { name }`,
      'cycle.graphql': 'query C { me { ...R } } fragment R on User { ...S } fragment S on User { ...R }',
      'lists.graphql': `query A { policy(id: ${'['.repeat(10_000)}${']'.repeat(10_000)}) { id } }`,
    });
    expect(found.map(({ file, rule }) => `${file} ${rule}`)).toEqual([
      'cycle.graphql NoFragmentCyclesRule',
      'deep.graphql document-limits',
      'laughs.graphql max-complexity',
      'lists.graphql document-limits',
      'long.graphql document-limits',
    ]);
  });

  test('C-02 to C-04: variables, at the place of the key or of the record that lacks one', async () => {
    const text =
      '"mutation M($input: ManagedPolicyInput!) { policyCreateManaged(input: $input) { ... on Policy { id } ...E } } ", "fragment E on PolicyResult { ... on InvalidInput { errors { name } } ... on OperationError { name } }"';
    const found = await judge({
      'a.stub': `- text: [${text}]
  variables:
    input:
      name: x
      permissions:
        - { bucketName: b, level: READ }
`,
    });
    expect(found.map(({ line, column, rule, message }) => `${line}:${column} ${rule} ${message}`)).toEqual([
      '4:7 unknown-input-field $input.name: expected a field of ManagedPolicyInput, got "name"; did you mean "title" or "note"?',
      '4:7 missing-input-field $input.title: expected String!, which ManagedPolicyInput requires, got nothing',
      '4:7 missing-input-field $input.roles: expected [ID!]!, which ManagedPolicyInput requires, got nothing',
      '6:11 missing-input-field $input.permissions.0.bucket: expected String!, which PermissionInput requires, got nothing',
      '6:13 unknown-input-field $input.permissions.0.bucketName: expected a field of PermissionInput, got "bucketName"; did you mean "bucket"?',
    ]);
  });

  test('the variables are those of the operation that the call names', async () => {
    const text = '"query A($id: ID!) { policy(id: $id) { id } } query B { me { name } }"';
    const call = (operation: string) => judge({ 'a.stub': `- { text: ${text}, operation: ${operation}, variables: {} }` });
    expect((await call('A')).map(({ rule }) => rule)).toEqual(['missing-variable']);
    expect(await call('B')).toEqual([]);
    expect((await call('C')).map(({ message }) => message)).toEqual(['operation: expected one of A, B, got "C"']);
    expect(await judge({ 'a.stub': `- { text: ${text}, variables: {} }` })).toEqual([]);
  });
});
