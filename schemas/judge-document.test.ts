import { Source } from 'graphql';
import { describe, expect, test } from 'vitest';
import type { Finding } from './finding.ts';
import { judgeDocument } from './judge-document.ts';
import { sampleContract } from './sample-schema.ts';

const judge = (text: string | Source): readonly Finding[] => judgeDocument(sampleContract, text);
const messages = (text: string) => judge(text).map((finding) => finding.message);

describe('judgeDocument', () => {
  test('finds nothing in a document that fits', () => {
    expect(judge('query P($id: ID!) { policy(id: $id) { ...F } } fragment F on Policy { title permissions { bucket level } }')).toEqual([]);
  });

  test('C-01: offers the name of the same meaning, at the place of the field', () => {
    expect(judge('query P {\n  policies { id name }\n}')).toEqual([
      {
        rule: 'FieldsOnCorrectTypeRule',
        severity: 'error',
        subject: 'document',
        message: 'Cannot query field "name" on type "Policy"; did you mean "title"?',
        path: null,
        line: 2,
        column: 17,
      },
    ]);
  });

  test('C-09: says where a field lives that was called on Mutation', () => {
    const hint = (field: string) => messages(`mutation { ${field} { __typename } }`)[0];
    expect(hint('createUser')).toBe('Cannot query field "createUser" on type "Mutation"; it lives at Mutation.admin.user.create');
    expect(hint('setUserEmail')).toContain('it lives at Mutation.admin.user.mutate.setEmail');
    expect(hint('userSetEmail')).toContain('it lives at Mutation.admin.user.mutate.setEmail');
    expect(hint('setEmail')).toContain('it lives at Mutation.admin.user.mutate.setEmail');
    expect(messages('{ listUsers { name } }')[0]).toContain('it lives at Query.admin.user.list');
    expect(messages('mutation { policies { id } }')[0]).toContain('it lives at Query.policies');
    expect(messages('mutation { admin { create(input: {name: "a", email: "b"}) { __typename } } }')[0]).toContain(
      'Mutation.admin.user.create',
    );
  });

  test('a field that many types have is no misplaced call', () => {
    expect(messages('{ me { id } }')).toEqual(['Cannot query field "id" on type "User".']);
  });

  test('C-04: an unknown field in a literal input is named with what was meant', () => {
    const [message] = messages(
      'mutation { policyCreateManaged(input: { name: "a", title: "b", permissions: [], roles: [] }) { __typename } }',
    );
    expect(message).toContain('unknown field "name"');
    expect(message).toContain('did you mean "title" or "note"?');
  });

  test('C-06: a fragment on a type that is no member of the union', () => {
    expect(
      judge('mutation M($i: ManagedPolicyInput!) { policyCreateManaged(input: $i) { ... on User { name } } }').map((one) => one.rule),
    ).toEqual(['PossibleFragmentSpreadsRule']);
  });

  test('reports every mistake, each under its rule', () => {
    const text = 'query Q($a: Nope) { policies { titel } role(by: { id: "1" }) { id ... on Policy { id } } unknown(x: 1) }';
    expect(new Set(judge(text).map((one) => one.rule))).toEqual(
      new Set(['KnownTypeNamesRule', 'FieldsOnCorrectTypeRule', 'PossibleFragmentSpreadsRule', 'NoUnusedVariablesRule']),
    );
  });

  test('what is deprecated is a warning, said once: fields, enum values and input fields', () => {
    const text =
      'mutation { policyCreateManaged(input: { title: "a", roles: [], note: "n", permissions: [{ bucket: "b", level: OLD }] }) { ... on Policy { nickname } } }';
    const findings = judge(text);
    expect(findings.map((one) => one.severity)).toEqual(['warning', 'warning', 'warning']);
    for (const name of ['note', 'OLD', 'nickname']) expect(findings.filter((one) => one.message.includes(name))).toHaveLength(1);
  });

  test('a syntax error is one finding with its place', () => {
    expect(judge('query {\n  policies { id ')).toEqual([
      expect.objectContaining({ rule: 'syntax', severity: 'error', line: 2, column: 17 }),
    ]);
  });

  test('a selection set with nothing in it is refused where it ends, as every server but graphql-js 17 refuses it', () => {
    for (const [text, column] of [
      ['{ me {} }', 7],
      ['{ me { # nothing\n } }', 2],
      ['query Q { }', 11],
      ['{ me { ...F } } fragment F on User {,}', 38],
    ] as const)
      expect(judgeDocument(sampleContract, text)).toMatchObject([{ rule: 'syntax', severity: 'error', column }]);
    // An empty object, and braces in a text, are none.
    expect(judgeDocument(sampleContract, '{ role(by: {}) { id } }').map(({ rule }) => rule)).not.toContain('syntax');
    expect(judgeDocument(sampleContract, '{ policy(id: "{}") { id } }')).toEqual([]);
  });

  test('places are those of the file that the document was found in', () => {
    const embedded = new Source('query {\n nope }', 'client.py', { line: 10, column: 5 });
    expect(judge(embedded)).toEqual([expect.objectContaining({ line: 11, column: 2 })]);
    expect(judge(new Source('{ nope }', 'client.py', { line: 10, column: 5 }))).toEqual([expect.objectContaining({ line: 10, column: 7 })]);
  });

  test('an unknown fragment does not stop the rest', () => {
    expect(
      judge('{ policies { ...Nope name } }')
        .map((one) => one.rule)
        .sort(),
    ).toEqual(['FieldsOnCorrectTypeRule', 'KnownFragmentNamesRule']);
  });

  test('fragments that spread each other twice cost no more than they are long', () => {
    const rounds = Array.from({ length: 60 }, (_, n) => `fragment F${n} on User { ...F${n + 1} ...F${n + 1} }`).join(' ');
    expect(judge(`query A { me { ...F0 } } ${rounds} fragment F60 on User { name }`)).toEqual([]);
  });

  test('a document over the limits is one finding, and not parsed', () => {
    expect(judge(`{ ${'me { '.repeat(10_000)}`).map((one) => `${one.rule} ${one.line}:${one.column} ${one.message}`)).toEqual([
      'document-limits 1:1001 document: expected at most 200 levels of brackets, got more; it is not judged',
    ]);
  });

  test('a document with too much to find, or to compare, is not taken to fit', () => {
    const conflicts = (count: number) => judge(`{ ${Array.from({ length: count }, (_, n) => `a: policy(id: ${n}) { id }`).join(' ')} }`);
    const many = conflicts(100);
    expect([many.length, many.at(-1)?.message]).toEqual([201, 'document: expected to be judged to its end, got: more than 200 findings']);
    // graphql-js gives up by itself, and says so beside the rules.
    expect(conflicts(2000).map(({ rule, severity }) => `${severity} ${rule}`)).toContain('error document-limits');
  });
});
