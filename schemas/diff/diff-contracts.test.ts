import { describe, expect, test } from 'vitest';
import type { Found } from '../inventory/found.ts';
import { SourceFile } from '../inventory/source-file.ts';
import { contractFromSdl } from '../load-contract.ts';
import { diffContracts, diffExitCode } from './diff-contracts.ts';

const before = `
  enum Level { READ WRITE }
  input Grant { bucket: String! level: Level note: String }
  type Policy { id: ID! title: String! old: Int grants(level: Level, first: Int): [String!] }
  type Gone { id: ID! }
  type Failed { message: String! }
  union Result = Policy | Failed | Gone
  type Query { policies: [Policy!]! find(id: ID!): Result level: Level }
  type Mutation { grant(input: Grant!): Policy }
`;
const inventory = (texts: readonly string[], unresolved = 0): Found => ({
  documents: texts.map((text, index) => {
    const file = new SourceFile(`src/${index + 1}.graphql`, text);
    return {
      language: 'graphql',
      place: file.placeOf(0),
      name: '<module>',
      text,
      runs: [{ text, file, at: 0, verbatim: true }],
      variant: null,
      variables: [],
    };
  }),
  unresolved: Array.from({ length: unresolved }, () => ({
    place: { file: 'x.py', line: 1, column: 1 },
    name: 'f',
    reason: 'call',
    message: 'm',
  })),
  comparisons: [],
});
const compare = (from: string, to: string, found: Found | null) =>
  diffContracts(contractFromSdl(before, 'old'), contractFromSdl(before.replace(from, to), 'new'), found);

const QUERY = 'query Q { policies { id title grants(level: READ) } level }';
const RESULT = 'query R { find(id: 1) { ... on Policy { id } ... on Gone { id } } }';
const GRANT = 'mutation G { grant(input: { bucket: "b", level: WRITE }) { id } }';
const SENT = 'mutation V($i: Grant!) { grant(input: $i) { id } }';
const all = inventory([QUERY, RESULT, GRANT, SENT]);

describe('whom a change breaks', () => {
  test.each([
    ['a field', 'title: String!', '', 'FIELD_REMOVED', 'breaking', ['Q 1:25']],
    ['a field that nobody uses', 'old: Int', '', 'FIELD_REMOVED', 'breaking', []],
    ['a type of a field', 'id: ID! title', 'id: ID title', 'FIELD_TYPE_CHANGED', 'breaking', ['Q 1:22', 'R 1:41', 'G 1:60', 'V 1:45']],
    ['an argument', 'level: Level, first', 'first', 'FIELD_ARGUMENT_REMOVED', 'breaking', ['Q 1:38']],
    ['an argument that nobody gives', ', first: Int', '', 'FIELD_ARGUMENT_REMOVED', 'breaking', []],
    ['a new argument that is required', 'first: Int', 'first: Int, last: Int!', 'FIELD_ARGUMENT_ADDED', 'breaking', ['Q 1:31']],
    ['a member of a union', '| Gone', '', 'UNION_MEMBER_REMOVED', 'breaking', ['R 1:53']],
    ['another member that nobody handles', '| Failed', '', 'UNION_MEMBER_REMOVED', 'breaking', []],
    ['a value that is written or may be', 'READ WRITE', 'READ', 'ENUM_VALUE_REMOVED', 'breaking', ['G 1:49', 'V 1:16']],
    ['a new value of an enum that is read', 'READ WRITE', 'READ WRITE ALL', 'ENUM_VALUE_ADDED', 'dangerous', ['Q 1:53']],
    ['an input field that is sent or may be', 'level: Level note', 'note', 'INPUT_FIELD_REMOVED', 'breaking', ['G 1:42', 'V 1:16']],
    ['an input field that is required now', 'note: String', 'note: String!', 'INPUT_FIELD_TYPE_CHANGED', 'breaking', ['G 1:27', 'V 1:16']],
  ])('%s', async (_what, from, to, type, level, uses) => {
    const { changes } = await compare(from, to, all);
    const change = changes.find((one) => one.type === type);
    expect(change?.level).toBe(level);
    expect(change?.uses?.map(({ operation, place }) => `${operation} ${place.line}:${place.column}`).sort()).toEqual([...uses].sort());
  });

  test('what no longer fits is named with what is wrong; every such operation is listed under a change', async () => {
    const { changes, used } = await compare('title: String!', 'name: String!', all);
    expect(used?.broken).toMatchObject([
      { operation: 'Q', place: { file: 'src/1.graphql' }, findings: [{ rule: 'FieldsOnCorrectTypeRule' }] },
    ]);
    expect(changes[0]).toMatchObject({ type: 'FIELD_REMOVED', path: 'Policy.title', uses: [{ operation: 'Q' }] });
  });
});

test('of a type that is new its members are not told one by one', async () => {
  const { changes } = await compare('type Gone', 'type New { id: ID! name: String } type Gone', null);
  expect(changes.map(({ type }) => type)).toEqual(['TYPE_ADDED']);
});

describe('the exit code', () => {
  const code = async (from: string, to: string, found: Found | null) => diffExitCode(await compare(from, to, found));
  test('1 when something used breaks, 0 when nothing does', async () => {
    expect(await code('title: String!', '', all)).toBe(1);
    expect(await code('old: Int', '', all)).toBe(0);
    expect(await code('old: Int', '', null)).toBe(1);
    expect(await code('old: Int', 'old: Int new: Int', null)).toBe(0);
    expect(await code('note: String', 'note: String!', inventory([SENT]))).toBe(1);
  });
  test('1 for an operation that no longer fits, whatever is said of the changes', async () => {
    const { used } = await compare('title: String!', '', all);
    expect(diffExitCode({ changes: [], used })).toBe(1);
  });
  test('2 when it could not be told', async () => {
    expect(await code('old: Int', '', inventory([QUERY], 1))).toBe(2);
    expect(await code('old: Int', '', inventory([QUERY, '{ nothing }']))).toBe(2);
    expect(await code('old: Int', '', inventory([]))).toBe(2);
    expect(await code('old: Int', 'old: Int new: Int', inventory([QUERY], 1))).toBe(0);
    expect(await code('title: String!', '', inventory([QUERY], 1))).toBe(1);
  });
});
