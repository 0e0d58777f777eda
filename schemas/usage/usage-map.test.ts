import { describe, expect, test } from 'vitest';
import type { FoundDocument } from '../inventory/found.ts';
import type { SeenValue } from '../inventory/seen-value.ts';
import { SourceFile } from '../inventory/source-file.ts';
import { sampleContract } from '../sample-schema.ts';
import { usageOf } from './usage-map.ts';

const file = (text: string, path = 'a.ts') => new SourceFile(path, text);
/** A document that stands in its file behind `before`. */
const found = (text: string, but: Partial<FoundDocument> = {}, before = ''): FoundDocument => {
  const source = file(before + text);
  const runs = [{ text, file: source, at: before.length, verbatim: true }];
  return { language: 'typescript', place: source.placeOf(before.length), name: 'around', text, runs, variant: null, variables: [], ...but };
};
const used = (documents: readonly FoundDocument[], only: RegExp) => {
  const usage = usageOf(sampleContract, documents);
  return [...usage.coordinates].filter((one) => only.test(one)).sort();
};
const at = { file: file('x = { title }', 'b.py'), at: 6 };
const scalar = (value: string): SeenValue => ({ ...at, kind: 'scalar', type: 'string', value });
const record = (members: Readonly<Record<string, SeenValue>>, open = false): SeenValue => ({
  ...at,
  kind: 'record',
  open,
  members: Object.entries(members).map(([name, value]) => ({ ...at, name, value, always: true })),
});

test('a use stands where the program has it, under its operation, also in fragments of other files', () => {
  const usage = usageOf(sampleContract, [
    found('query Q { policies { ...P } }', {}, 'const q = `'),
    found('fragment P on Policy { title }', {}, '\n`'),
    found('{ policies { title } }'),
  ]);
  expect(usage.of('Policy.title')).toEqual([
    { kind: 'field', coordinate: 'Policy.title', operation: 'Q', place: { file: 'a.ts', line: 2, column: 25 } },
    { kind: 'field', coordinate: 'Policy.title', operation: 'around', place: { file: 'a.ts', line: 1, column: 14 } },
  ]);
  expect(usage.of('Query.policies')[0]?.place).toEqual({ file: 'a.ts', line: 1, column: 22 });
  expect(usage.sent).toHaveLength(2);
  expect(usage.sent[0]?.whole).toBe('query Q { policies { ...P } }\nfragment P on Policy { title }');
});

test('fields, arguments, types, type conditions, literals and directives', () => {
  const text = `mutation M @skip(if: false) {
    policyCreateManaged(input: { title: "a", permissions: [{ bucket: "b", level: READ }], roles: [] }) {
      __typename ... on Policy { id } ... on InvalidInput { errors { message } }
    }
  }`;
  expect(used([found(text)], /^(Mutation|Policy|PolicyResult|Permission|Level|Managed|@|InvalidInput)/)).toEqual([
    '@skip',
    'InvalidInput',
    'InvalidInput.errors',
    'Level.READ',
    'ManagedPolicyInput',
    'ManagedPolicyInput.permissions',
    'ManagedPolicyInput.roles',
    'ManagedPolicyInput.title',
    'Mutation',
    'Mutation.policyCreateManaged',
    'Mutation.policyCreateManaged(input:)',
    'PermissionInput',
    'PermissionInput.bucket',
    'PermissionInput.level',
    'Policy',
    'Policy.id',
    'PolicyResult',
    'PolicyResult|InvalidInput',
    'PolicyResult|Policy',
  ]);
});

test('a fragment that is spread on an abstract type is a condition too, also one of another document', () => {
  const text = 'query R { roles { ...M ... { ...U } } } fragment U on UnmanagedRole { arn }';
  expect(used([found(text), found('fragment M on ManagedRole { id }')], /\|/)).toEqual(['Role|ManagedRole', 'Role|UnmanagedRole']);
});

test('a condition on the type itself tells no member', () => {
  expect(used([found('{ roles { ... on Role { id } } }')], /\|/)).toEqual([]);
});

describe('variables', () => {
  const text = 'mutation M($i: ManagedPolicyInput!) { policyCreateManaged(input: $i) { __typename } }';
  const inputs = /^(Managed|Permission|Level)/;
  const everything = ['Level', 'Level.*', 'ManagedPolicyInput', 'ManagedPolicyInput.*', 'PermissionInput', 'PermissionInput.*'];

  test('that nobody saw may hold anything of their types', () => {
    expect(used([found(text)], inputs)).toEqual(everything);
    const unknown: SeenValue = { ...at, kind: 'unknown' };
    expect(used([found(text, { variables: [{ value: unknown, operationName: null }] })], inputs)).toEqual(everything);
    expect(used([found(text, { variables: [{ value: record({}, true), operationName: null }] })], inputs)).toEqual(everything);
  });

  test('that were seen touch what they hold, at the place of the key', () => {
    const permissions: SeenValue = { ...at, kind: 'list', open: false, items: [record({ bucket: scalar('b'), level: scalar('READ') })] };
    const value = record({ i: record({ title: scalar('t'), permissions, wrong: scalar('x') }) });
    const documents = [found(text, { variables: [{ value, operationName: 'M' }] })];
    expect(used(documents, inputs)).toEqual([
      'Level',
      'Level.READ',
      'ManagedPolicyInput',
      'ManagedPolicyInput.permissions',
      'ManagedPolicyInput.title',
      'PermissionInput',
      'PermissionInput.bucket',
      'PermissionInput.level',
    ]);
    expect(usageOf(sampleContract, documents).of('ManagedPolicyInput.title')).toMatchObject([
      { operation: 'M', place: { file: 'b.py', line: 1, column: 7 } },
    ]);
  });

  test('a part that is not known may hold anything of its type, and no more', () => {
    const permissions: SeenValue = {
      ...at,
      kind: 'choice',
      of: [
        { ...at, kind: 'list', open: true, items: [] },
        { ...at, kind: 'list', open: false, items: [] },
      ],
    };
    const value = record({ i: record({ permissions }) });
    expect(used([found(text, { variables: [{ value, operationName: null }] })], inputs)).toEqual([
      'Level',
      'Level.*',
      'ManagedPolicyInput',
      'ManagedPolicyInput.permissions',
      'PermissionInput',
      'PermissionInput.*',
    ]);
  });

  test('that are passed to one operation say nothing of another', () => {
    const two = `${text} query N($by: Choice!) { role(by: $by) { id } }`;
    const by = record({ by: record({ id: scalar('1') }) });
    expect(used([found(two, { variables: [{ value: by, operationName: 'N' }] })], inputs)).toEqual(everything);
    expect(used([found(two, { variables: [{ value: by, operationName: 'N' }] })], /^Choice/)).toEqual(['Choice', 'Choice.id']);
  });
});
