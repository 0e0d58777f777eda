import { expect, test } from 'vitest';
import type { Found } from '../inventory/found.ts';
import { SourceFile } from '../inventory/source-file.ts';
import { contractFromSdl } from '../load-contract.ts';
import { coverageOf } from './coverage.ts';
import { coveragePage } from './coverage-page.ts';
import { renderCoverage } from './coverage-text.ts';

const contract = contractFromSdl(
  `enum Level { READ WRITE } enum Order { UP DOWN } enum Way { IN OUT }
  input Grant { bucket: String! way: Way } input Other { a: Int }
  interface Named { name: String! }
  type Policy implements Named { name: String! old: Int @deprecated(reason: "gone") level: Level }
  type Failed { message: String! } type Lost { id: ID! }
  union Result = Policy | Failed
  type Query { find(id: ID!, order: Order): Result named: [Named!] grant(by: Grant!): Int }`,
  '<schema>&.graphql',
);
const text = 'query Find($by: Grant!) { find(id: 1, order: UP) { ... on Policy { name level } } named { name } grant(by: $by) }';
const file = new SourceFile('a.graphql', text);
const inventory: Found = {
  documents: [
    {
      language: 'graphql',
      place: file.placeOf(0),
      name: 'Find',
      text,
      runs: [{ text, file, at: 0, verbatim: true }],
      variant: null,
      variables: [],
    },
  ],
  unresolved: [{ place: { file: 'b.py', line: 3, column: 1 }, name: 'f', reason: 'call', message: 'm' }],
  comparisons: [],
};
const coverage = coverageOf(contract, inventory);

test('each part is touched, may be, or is not, with the operations that do', () => {
  const states = Object.fromEntries(
    coverage.types.map(({ name, state, parts }) => [
      name,
      [state, ...parts.map((part) => `${part.name} ${part.state}${part.deprecated ? ' deprecated' : ''}`)],
    ]),
  );
  expect(states).toEqual({
    Failed: ['untouched', 'message untouched'],
    // What was written is touched, and what an enum that is selected may answer with may be.
    Level: ['touched', 'READ maybe', 'WRITE maybe'],
    Order: ['touched', 'UP touched', 'DOWN untouched'],
    // In a variable that nobody saw.
    Way: ['touched', 'IN maybe', 'OUT maybe'],
    Grant: ['touched', 'bucket maybe', 'way maybe'],
    Other: ['untouched', 'a untouched'],
    Lost: ['untouched', 'id untouched'],
    Named: ['touched', 'name touched', 'Policy untouched'],
    Policy: ['touched', 'name touched', 'old untouched deprecated', 'level touched'],
    Result: ['touched', 'Policy touched', 'Failed untouched'],
    Query: ['touched', 'find touched', 'find(id:) touched', 'find(order:) touched', 'named touched', 'grant touched', 'grant(by:) touched'],
  });
  expect(coverage.totals['enum value']).toEqual({ touched: 1, maybe: 4, untouched: 1 });
  expect(coverage.types.find(({ name }) => name === 'Policy')?.parts[0]?.operations).toEqual(['Find']);
});

test('the text names what nothing touches, whole types first', () => {
  const lines = renderCoverage(coverage).split('\n');
  expect(lines.slice(0, 7)).toEqual([
    'no operation touches',
    '  Failed Lost Other',
    '',
    'of what is touched, no operation touches',
    '  Named: Policy',
    '  Order: DOWN',
    '  Policy: old',
  ]);
  expect(lines).toContain('could not be read: b.py:3:1');
  expect(lines).toContain('enum values                                1         4         1');
});

test('the page is one file that calls nobody, and shows names as text', () => {
  const page = coveragePage(coverage);
  expect(page).toContain("default-src 'none'");
  expect(page).toContain('<code>&#60;schema&#62;&#38;.graphql</code>');
  expect(page).not.toMatch(/(?:src|href|url)\s*[=(]\s*["']?(?!data:)[a-z/.]/i);
  expect(page.match(/<details/g)).toHaveLength(11);
});
