import { describe, expect, test } from 'vitest';
import type { Exchange } from '../../backends/wire/exchange.ts';
import { contractFromSdl } from '../../schemas/load-contract.ts';
import { countRootFields } from './root-fields.ts';

const contract = contractFromSdl(
  `type InvalidInput { message: String! }
   type OperationError { message: String! }
   type Unavailable { _: Boolean }
   type Status { reportsBucket: String! }
   type User { name: String! }
   type EmptySearchResultSet { _: Boolean }
   type Policy { id: ID!  secret: String }
   type Later { _: Boolean }
   type SsoConfig { text: String! }
   union StatusResult = Status | Unavailable
   union UserResult = User | InvalidInput | OperationError | Later
   union SetSsoConfigResult = SsoConfig | InvalidInput | OperationError
   type UserAdminMutations { create: UserResult!  mutate(name: String!): MutateUserAdminMutations }
   type MutateUserAdminMutations { setEmail(email: String!): UserResult! }
   type AdminMutations { user: UserAdminMutations!  setSsoConfig(config: String): SetSsoConfigResult }
   type Mutation { admin: AdminMutations! }
   type Query { status: StatusResult!  policy(id: ID!): Policy  policies: [Policy!]! }`,
  'root-fields.graphql',
);

function exchange(query: string, answer: unknown, status = 200): Exchange {
  const message = (body: string) => ({ headers: {}, body, bytes: body.length });
  return {
    id: 1,
    protocol: 'graphql',
    operation: 'q',
    retryOf: null,
    cause: null,
    request: { method: 'POST', url: 'http://localhost/graphql', ...message(JSON.stringify({ query })) },
    response: { status, ...message(typeof answer === 'string' ? answer : JSON.stringify(answer)) },
    error: null,
    startedAt: 0,
    durationMs: 0,
    findings: [],
  };
}
const told = (query: string, answer: unknown, status?: number) => Object.keys(countRootFields(contract, [exchange(query, answer, status)]));

const create = 'mutation { admin { user { outcome: create { __typename } } } }';
const created = (member: unknown) => ({ data: { admin: { user: { outcome: member } } } });
const forbidden = (path?: readonly unknown[]) => ({
  message: 'no',
  extensions: { code: 'FORBIDDEN' },
  ...(path === undefined ? {} : { path }),
});

describe('what came of a root field', () => {
  test.each<[string, string, unknown, string]>([
    ['a success under an alias', create, created({ __typename: 'User' }), 'Mutation.admin.user.create value'],
    ['a failure under an alias', create, created({ __typename: 'OperationError' }), 'Mutation.admin.user.create typed-failure'],
    ['a member that the table does not know', create, created({ __typename: 'Later' }), 'Mutation.admin.user.create untold'],
    ['a union asked without its typename', create, created({ name: 'a' }), 'Mutation.admin.user.create untold'],
    [
      'a failure whose name says nothing',
      '{ status { __typename } }',
      { data: { status: { __typename: 'Unavailable' } } },
      'Query.status typed-failure',
    ],
    ['null for what is not there', '{ policy(id: "a") { id } }', { data: { policy: null } }, 'Query.policy typed-failure'],
    [
      'null that is the answer',
      'mutation { admin { setSsoConfig { __typename } } }',
      { data: { admin: { setSsoConfig: null } } },
      'Mutation.admin.setSsoConfig value',
    ],
    ['a list', '{ policies { id } }', { data: { policies: [] } }, 'Query.policies value'],
    ['a refusal', '{ policy(id: "a") { id } }', { data: { policy: null }, errors: [forbidden(['policy'])] }, 'Query.policy refused'],
    ['a refusal without a path', '{ policies { id } }', { data: null, errors: [forbidden()] }, 'Query.policies refused'],
    [
      'a refusal of a namespace, for what is below it',
      create,
      { data: null, errors: [forbidden(['admin'])] },
      'Mutation.admin.user.create refused',
    ],
    [
      'a refusal below that leaves the value',
      '{ policy(id: "a") { secret } }',
      { data: { policy: { secret: null } }, errors: [forbidden(['policy', 'secret'])] },
      'Query.policy value',
    ],
    ['an error that is no refusal', '{ policies { id } }', { data: null, errors: [{ message: 'internal error' }] }, 'Query.policies error'],
    ['a page in place of an answer', '{ policies { id } }', '<html>', 'Query.policies no-answer'],
  ])('%s', (_, query, answer, expected) => {
    expect(told(query, answer)).toContain(expected);
  });

  test('a status of 401 or 403 is a refusal, and any other is none', () => {
    expect(told('{ policies { id } }', 'no', 401)).toEqual(['Query.policies refused']);
    expect(told('{ policies { id } }', { message: 'no' }, 403)).toEqual(['Query.policies refused']);
    expect(told('{ policies { id } }', { message: 'no' }, 503)).toEqual(['Query.policies error']);
    expect(told('{ policies { id } }', { errors: [{ message: 'no such field' }] }, 400)).toEqual(['Query.policies error']);
  });

  test('what could not be carried out, since there is nothing to do it to, is not counted', () => {
    const text = 'mutation { admin { user { mutate(name: "none") { setEmail(email: "a") { __typename } } } } }';
    expect(told(text, { data: { admin: { user: { mutate: null } } } })).toEqual([
      'Mutation.admin value',
      'Mutation.admin.user value',
      'Mutation.admin.user.mutate typed-failure',
    ]);
  });

  test('an error of a neighbour below the same namespace is none of a field', () => {
    const text = 'mutation { admin { user { a: mutate(name: "a") { __typename } b: mutate(name: "b") { __typename } } } }';
    const answer = { data: { admin: { user: { a: null, b: null } } }, errors: [forbidden(['admin', 'user', 'b'])] };
    expect(countRootFields(contract, [exchange(text, answer)])).toMatchObject({
      'Mutation.admin.user.mutate typed-failure': 1,
      'Mutation.admin.user.mutate refused': 1,
    });
  });

  test('each place in an answer counts, and an error is that of its own place', () => {
    const answer = { data: { a: { id: '1' }, b: null }, errors: [forbidden(['b'])] };
    expect(countRootFields(contract, [exchange('{ a: policy(id: "1") { id } b: policy(id: "2") { id } }', answer)])).toEqual({
      'Query.policy value': 1,
      'Query.policy refused': 1,
    });
  });
});
