import { calculateOperationComplexity } from '@graphql-inspector/core';
import { describe, expect, test } from 'vitest';
import { contractFromSdl } from '../load-contract.ts';
import { parseDocument } from '../prepared-document.ts';
import { judgeText } from '../scan/judge-text.ts';
import { createMeasure } from './operation-size.ts';
import { defaultPolicy } from './policy.ts';

const contract = contractFromSdl(
  `
  type Ok { _: Boolean }
  type Done { id: ID! }
  interface Failure { message: String! }
  type InvalidInput implements Failure { message: String! path: String }
  type OperationError implements Failure { message: String! }
  type RoleNameReserved { _: Boolean }
  type RoleTooLong { most: Int! }
  type RoleCreateSuccess { id: ID! }
  type EmptySet { _: Boolean }
  type File { size: Int }
  type Dir { size: Int }
  union Result = Done | InvalidInput | OperationError
  union RoleCreateResult = RoleCreateSuccess | RoleNameReserved | RoleTooLong | EmptySet
  union Entry = File | Dir
  enum Level { NEW OLD @deprecated(reason: "use NEW") }
  input Filter { a: Int  b: Int @deprecated(reason: "use a") }
  type Page { cursor: String  items: [Int!]! }
  type List { total: Int!  page(number: Int = 1, perPage: Int = 10): [Int!]! }
  type Revision { map(max: Int = 1000): String  must(max: Int = 5): Int!  keep(max: Int!): Int }
  type Query {
    do: Result!  role: RoleCreateResult!  entry: Entry  list: List!  revision: Revision  more(after: String, size: Int = 30): Page!
    first(limit: Int): [Int!]  old: Int @deprecated(reason: "use new")  arg(level: Level, filter: Filter, gone: Int @deprecated(reason: "no more")): Int
    self: Query
  }
`,
  'rules.graphql',
);
const judge = (text: string, limits = defaultPolicy) =>
  judgeText(contract, text, parseDocument(text), limits).map(({ rule, severity, message }) => `${severity} ${rule}: ${message}`);

describe('unhandled-union-members (C-08)', () => {
  const missing = (list: string) => [
    `warning unhandled-union-members: Query.do: expected every failure of Result to be selected, got none of ${list}; its reason is lost`,
  ];

  test('names the failures that are not selected', () => {
    expect(judge('{ do { ... on Done { id } } }')).toEqual(missing('InvalidInput, OperationError'));
    expect(judge('{ do { __typename ... on InvalidInput { message } } }')).toEqual(missing('OperationError'));
  });

  test('a fragment on the member, on its interface, or spread by name handles it', () => {
    expect(judge('{ do { ... on InvalidInput { path } ... on OperationError { message } } }')).toEqual([]);
    expect(judge('{ do { ... on Failure { message } } }')).toEqual([]);
    expect(judge('{ do { ...F } } fragment F on Result { ... on Result { ...G } } fragment G on Failure { message }')).toEqual([]);
  });

  test('__typename is enough for a failure that has nothing else to say', () => {
    const said = (text: string) => judge(text).map((message) => /got none of ([^;]+)/.exec(message)?.[1]);
    expect(said('{ role { ... on RoleCreateSuccess { id } } }')).toEqual(['RoleNameReserved, RoleTooLong']);
    expect(said('{ role { __typename } }')).toEqual(['RoleTooLong']);
    expect(judge('{ role { __typename ... on RoleTooLong { most } } }')).toEqual([]);
  });

  test('a union that is no result has no failures', () => {
    expect(judge('{ entry { ... on File { size } } }')).toEqual([]);
  });
});

describe('silent-limit (C-12)', () => {
  test('null above the limit', () => {
    expect(judge('{ revision { map } }')).toEqual([
      "warning silent-limit: Revision.map: expected max to be passed, got none; the server's limit of 1000 applies, and above it the answer is null",
    ]);
    expect(judge('{ revision { map(max: 5) must } }')).toEqual([]);
  });

  test('a page whose rest nothing tells of', () => {
    expect(
      judge('{ list { page } first more { items } }').map((message) => /: (\w+\.\w+):.*limit( of \d+)?/.exec(message)?.slice(1)),
    ).toEqual([
      ['List.page', ' of 10'],
      ['Query.first', undefined],
      ['Query.more', ' of 30'],
    ]);
  });

  test('is silent where the client walks, or can see that there is more', () => {
    expect(judge('query Q($a: String) { list { total page } more(after: $a) { items } }')).toEqual([]);
    expect(judge('{ list { page(number: 2) } more { cursor items } first(limit: 2) }')).toEqual([]);
  });
});

test('deprecated: field, argument, input field and enum value', () => {
  expect(judge('{ old arg(level: OLD, filter: { b: 1 }, gone: 1) }').map((message) => message.split('.').at(-1)?.trim())).toEqual([
    'use new',
    'use NEW',
    'use a',
    'no more',
  ]);
});

test('unused-variable has a name of ours', () => {
  expect(judge('query Q($a: Int) { entry { __typename } }').join()).toContain('error unused-variable: Variable "$a" is never used');
});

describe('max-depth and max-complexity', () => {
  test('say the limit and the measure', () => {
    expect(judge('query Q { self { self { self { __typename } } } }', { ...defaultPolicy, maxDepth: 2 })).toEqual([
      'warning max-depth: Q: expected a depth of at most 2, got 3',
    ]);
    expect(judge('query Q { self { ...F } } fragment F on Query { self { ...F } }').join()).not.toContain('max-');
    expect(judge('{ self { self { __typename } } }', { ...defaultPolicy, maxComplexity: 9 })).toEqual([
      'warning max-complexity: query: expected a complexity of at most 9, got 13',
    ]);
  });

  test("the measure is @graphql-inspector's", () => {
    for (const text of [
      '{ self { self { old } old } }',
      '{ self { ...F ... on Query { old } } ...F } fragment F on Query { old self { old } }',
    ]) {
      const { operations, fragments } = parseDocument(text);
      const [operation] = operations;
      if (!operation) throw new Error('expected an operation');
      const config = { scalarCost: 1, objectCost: 2, depthCostFactor: 1.5 };
      expect(createMeasure((name) => fragments.get(name))(operation).complexity).toBe(
        calculateOperationComplexity(operation, config, (name: string) => fragments.get(name)),
      );
    }
  });
});
