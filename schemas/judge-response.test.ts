import { graphqlSync } from 'graphql';
import { describe, expect, test } from 'vitest';
import { judgeResponse } from './judge-response.ts';
import { sampleContract } from './sample-schema.ts';

const policies =
  'query P($more: Boolean = false) {\n  all: policies {\n    id\n    ...Rest\n  }\n}\nfragment Rest on Policy { title rank permissions @include(if: $more) { bucket level } }';
const one = { id: '1', title: 'a', rank: 3 };
const judge = (response: unknown, text = policies, variables: Record<string, unknown> = {}) =>
  judgeResponse(sampleContract, text, null, variables, response);
const said = (response: unknown, text?: string, variables?: Record<string, unknown>) =>
  judge(response, text, variables).map(({ rule, path }) => `${rule} ${path}`);

describe('judgeResponse', () => {
  test('finds nothing in a response that fits', () => {
    expect(judge({ data: { all: [one, { ...one, rank: null }] } })).toEqual([]);
    expect(judge({ data: { all: [] }, extensions: { took: 1 } })).toEqual([]);
  });

  test('C-11: null for non-null, wrong kinds, missing and extra fields, each with path and place', () => {
    expect(
      judge({
        data: {
          all: [
            { id: null, title: 7, rank: 1.5, titel: 'x' },
            { id: '2', title: 'b' },
          ],
        },
      }),
    ).toEqual([
      expect.objectContaining({
        rule: 'null-for-non-null',
        path: 'data.all.0.id',
        message: 'data.all.0.id: expected ID! (Policy.id), got null',
        line: 3,
        column: 5,
      }),
      expect.objectContaining({ rule: 'wrong-type', message: 'data.all.0.title: expected String (Policy.title), got number 7' }),
      expect.objectContaining({ rule: 'wrong-type', message: 'data.all.0.rank: expected Int (Policy.rank), got number 1.5' }),
      expect.objectContaining({
        rule: 'extra-field',
        message: 'data.all.0.titel: expected only what was asked, got "titel"; did you mean "title"?',
      }),
      expect.objectContaining({ rule: 'missing-field', message: 'data.all.1.rank: expected Int (Policy.rank), got nothing' }),
    ]);
  });

  test('a list where none is due, and the other way round', () => {
    expect(said({ data: { all: one } })).toEqual(['wrong-type data.all']);
    expect(said({ data: { all: [[one]] } })).toEqual(['wrong-type data.all.0']);
    expect(said({ data: { all: [null] } })).toEqual(['null-for-non-null data.all.0']);
    expect(said({ data: { all: [{ ...one, title: ['a'] }] } })).toEqual(['wrong-type data.all.0.title']);
  });

  test('@include and @skip count, by variable, default and literal', () => {
    const permissions = [{ bucket: 'b', level: 'READ' }];
    expect(said({ data: { all: [{ ...one, permissions }] } })).toEqual(['extra-field data.all.0.permissions']);
    expect(said({ data: { all: [{ ...one, permissions }] } }, policies, { more: true })).toEqual([]);
    expect(said({ data: { all: [one] } }, policies, { more: true })).toEqual(['missing-field data.all.0.permissions']);
    expect(said({ data: {} }, '{ me @skip(if: true) { name } }')).toEqual([]);
    expect(said({ data: { me: null } }, '{ me @include(if: false) { name } }')).toEqual(['extra-field data.me']);
  });

  test('an enum value that the schema does not have', () => {
    const response = { data: { all: [{ ...one, permissions: [{ bucket: 'b', level: 'WRITE' }] }] } };
    expect(judge(response, policies, { more: true })[0]?.message).toBe(
      'data.all.0.permissions.0.level: expected a value of Level (READ, READ_WRITE, OLD), got "WRITE"; did you mean "READ_WRITE"?',
    );
  });

  test('a union is judged by its __typename, which must be a member', () => {
    const text =
      'mutation M($input: ManagedPolicyInput!) { r: policyCreateManaged(input: $input) { kind: __typename ... on Policy { id } ... on InvalidInput { errors { message } } } }';
    expect(said({ data: { r: { kind: 'Policy', id: '1' } } }, text)).toEqual([]);
    expect(said({ data: { r: { kind: 'OperationError' } } }, text)).toEqual([]);
    expect(said({ data: { r: { kind: 'Policy', errors: [] } } }, text)).toEqual(['missing-field data.r.id', 'extra-field data.r.errors']);
    expect(judge({ data: { r: { kind: 'User' } } }, text)[0]?.message).toBe(
      'data.r.kind: expected a member of PolicyResult (Policy, InvalidInput, OperationError), got "User"',
    );
    expect(judge({ data: { r: { kind: 'Polisy' } } }, text)[0]).toMatchObject({
      rule: 'unknown-typename',
      message: expect.stringContaining('did you mean "Policy"?'),
    });
    expect(said({ data: { me: { __typename: 'Policy' } } }, '{ me { __typename } }')).toEqual(['typename-no-member data.me.__typename']);
  });

  test('an interface without __typename fits when it fits one of its types', () => {
    const text = '{ roles { id ... on ManagedRole { policies { id } } ... on UnmanagedRole { arn } } }';
    expect(
      said(
        {
          data: {
            roles: [
              { id: '1', arn: 'x' },
              { id: '2', policies: [] },
            ],
          },
        },
        text,
      ),
    ).toEqual([]);
    expect(said({ data: { roles: [{ id: '1', arn: null }] } }, text)).toEqual(['null-for-non-null data.roles.0.arn']);
    expect(said({ data: { roles: [{ id: '1', arn: 'x', policies: [] }] } }, text)).toHaveLength(1);
  });

  test('selections of one key are merged, through fragments of interfaces', () => {
    const text =
      '{ roles { ...A ... on Role { id } ... on ManagedRole { __typename policies { id } policies { title } } } } fragment A on Role { name }';
    const role = { id: '1', name: 'n', __typename: 'ManagedRole', policies: [{ id: '1', title: 't' }] };
    expect(said({ data: { roles: [role] } }, text)).toEqual([]);
    expect(said({ data: { roles: [{ ...role, policies: [{ id: '1' }] }] } }, text)).toEqual([
      'missing-field data.roles.0.policies.0.title',
    ]);
  });

  test('a null that an error explains is legal, and the form of errors is judged', () => {
    const error = { message: 'no', path: ['me'], locations: [{ line: 1, column: 3 }], extensions: { code: 'FORBIDDEN' } };
    expect(said({ data: { me: null }, errors: [error] }, '{ me { name } }')).toEqual([]);
    expect(said({ data: null, errors: [{ message: 'no', path: ['all', 0, 'id'] }] })).toEqual([]);
    expect(said({ errors: [{ message: 'no' }] })).toEqual([]);
    expect(said({ data: { me: { name: 'x' } }, errors: [error] }, '{ me { name } }')).toEqual(['error-path errors.0.path']);
    expect(said({ data: { all: [] }, errors: [] })).toEqual(['errors-shape errors']);
    expect(said({ data: null, errors: ['no', { path: 'me', locations: [{ line: 0, column: 1 }], extensions: 1 }] })).toEqual([
      'errors-shape errors.0',
      'errors-shape errors.1.message',
      'errors-shape errors.1.extensions',
      'errors-shape errors.1.locations',
      'errors-shape errors.1.path',
    ]);
  });

  test('what is no response at all', () => {
    expect(said([])).toEqual(['response-shape response']);
    expect(said({})).toEqual(['response-shape data']);
    expect(said({ data: null })).toEqual(['response-shape data']);
    expect(said({ data: { all: [] }, status: 'ok' })).toEqual(['response-shape status']);
  });

  test('a long wrong list ends in one line that says so, and no value is shown', () => {
    const findings = judge({ data: { all: Array.from({ length: 10_000 }, () => ({ ...one, id: 'secret-id', rank: 'secret-rank' })) } });
    expect(findings).toHaveLength(101);
    expect(findings.at(-1)?.rule).toBe('too-many-findings');
    expect(JSON.stringify(findings)).not.toContain('secret');
  });

  test('agrees with what graphql-js itself answers to a query for everything', () => {
    const source = '{ __schema { types { name kind fields { name type { name kind ofType { name } } } possibleTypes { name } } } }';
    const response: unknown = JSON.parse(JSON.stringify(graphqlSync({ schema: sampleContract.schema, source })));
    expect(judge(response, source)).toEqual([]);
  });
});
