import { describe, expect, test } from 'vitest';
import { fieldsUsed } from './fields-used.ts';
import { rootFieldsAsked, rootFieldsOf } from './root-fields.ts';
import { sampleContract } from './sample-schema.ts';
import { suggest } from './suggest.ts';

describe('rootFieldsOf and rootFieldsAsked', () => {
  const known = rootFieldsOf(sampleContract);

  test('names root fields, and below namespaces the operations', () => {
    expect(known.filter((path) => path.split('.').length === 2)).toHaveLength(8);
    expect(known).toContain('Query.policies');
    expect(known).toEqual(
      expect.arrayContaining(['Query.admin', 'Query.admin.user', 'Query.admin.user.list', 'Mutation.admin.user.mutate.setEmail']),
    );
    expect(known).not.toContain('Query.me.name');
  });

  test('names what a document asks, through aliases and fragments, with the place of each in the answer', () => {
    const text =
      'query A { x: policies { id } policies { title } ...R } query B { me { name } } fragment R on Query { admin { user { list { name } ...L } } } fragment L on UserAdminQueries { found: get(name: "a") { name } }';
    expect(rootFieldsAsked(text, 'A', new Set(known))).toEqual([
      { path: 'Query.policies', keys: ['x'] },
      { path: 'Query.policies', keys: ['policies'] },
      { path: 'Query.admin', keys: ['admin'] },
      { path: 'Query.admin.user', keys: ['admin', 'user'] },
      { path: 'Query.admin.user.list', keys: ['admin', 'user', 'list'] },
      { path: 'Query.admin.user.get', keys: ['admin', 'user', 'found'] },
    ]);
    expect(rootFieldsAsked(text, 'B', new Set(known))).toEqual([{ path: 'Query.me', keys: ['me'] }]);
    expect(rootFieldsAsked(text, null, new Set(known))).toEqual([]);
  });
});

describe('fieldsUsed', () => {
  test('names coordinates of output fields, arguments and inputs, through fragments of fragments', () => {
    const text = `mutation M($p: [PermissionInput!]!) {
      policyCreateManaged(input: { title: "a", permissions: $p, roles: [] }) { __typename ...A }
    }
    fragment A on PolicyResult { ...B }
    fragment B on Policy { title permissions { bucket } }
    query Other { me { name } }`;
    expect(fieldsUsed(sampleContract, text, 'M')).toEqual({
      fields: ['Mutation.policyCreateManaged', 'PermissionGrant.bucket', 'Policy.permissions', 'Policy.title'],
      arguments: ['Mutation.policyCreateManaged(input:)'],
      inputs: ['ManagedPolicyInput.permissions', 'ManagedPolicyInput.roles', 'ManagedPolicyInput.title', 'PermissionInput'],
    });
  });
});

describe('suggest', () => {
  test('by meaning first, then by spelling, then by shared words', () => {
    expect(suggest('titel', ['title', 'id'])).toEqual(['title']);
    expect(suggest('name', ['id', 'title', 'arn'])).toEqual(['title']);
    expect(suggest('bucketName', ['level', 'bucket'])).toEqual(['bucket']);
    expect(suggest('xyz', ['title', 'bucket'])).toEqual([]);
  });
});
