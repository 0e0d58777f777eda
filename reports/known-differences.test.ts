import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseKnownDifferences, readKnownDifferences } from './known-differences.ts';

const good = `- subject: '>=8 <9'
  case: parity/one/*
  operation: browse
  field: children.a.csv.size
  expected: '8'
  observed: '9'
  wrong: subject
  reason: counts the newline twice
  owner: parity
  issue: their tracker, 12
  expires: 2027-03-01
`;
const parse = (text: string) => parseKnownDifferences('k.yaml', 'quilt3', text);

test('an entry is read with its id and its place', () => {
  expect(parse(`# why\n${good}${good}`)).toMatchObject([
    { id: 'known-differences/quilt3/1', subject: 'quilt3', versions: '>=8 <9', expires: '2027-03-01', where: 'k.yaml:2:3' },
    { id: 'known-differences/quilt3/2', where: 'k.yaml:13:3' },
  ]);
});

test('an empty file has none', () => {
  expect(parse('# nothing yet\n')).toEqual([]);
});

test.each([
  [
    'a misspelt key',
    good.replace('observed:', 'obsreved:'),
    'k.yaml:6:3: obsreved: expected one of subject, case,',
    '(did you mean observed?)',
  ],
  ['the missing key beside it', good.replace('observed:', 'obsreved:'), 'k.yaml:1:3: observed: expected a string'],
  [
    'a misspelt wrong',
    good.replace('wrong: subject', 'wrong: subjct'),
    'k.yaml:7:3: wrong: expected subject, platform, contract',
    'did you mean subject?',
  ],
  ['no range', good.replace('>=8 <9', 'eight'), 'k.yaml:1:3: subject: expected a semver range'],
  ['a number', good.replace("'8'", '8'), 'k.yaml:5:3: expected: expected a string; put the value in quotes, got 8'],
  ['no date', good.replace('2027-03-01', 'soon'), 'k.yaml:11:3: expires: expected the last day'],
  ['an impossible date', good.replace('2027-03-01', '2027-02-30'), 'k.yaml:11:3: expires: expected the last day'],
  ['an empty reason', good.replace('counts the newline twice', "''"), 'k.yaml:8:3: reason: expected some text, got ""'],
  ['no list', 'subject: x\n', 'k.yaml:1:1: expected a list of known differences'],
  ['no mapping', '- 7\n', 'k.yaml:1:3: expected a mapping, got 7'],
  ['no YAML', '- { subject: \n', 'k.yaml:'],
  ['a doubled key', good.replace('owner: parity', 'owner: parity\n  owner: other'), 'k.yaml:10:3: Map keys must be unique'],
])('%s is an error with its place', (_, text, ...says) => {
  for (const said of says) expect(() => parse(text)).toThrow(said);
});

test('a folder is read by subject, with the errors of all files at once; no folder has none', () => {
  const dir = mkdtempSync(join(tmpdir(), 'known-'));
  try {
    writeFileSync(join(dir, 'README.md'), 'text');
    writeFileSync(join(dir, 'quilt-mcp.yaml'), good);
    writeFileSync(join(dir, 'quilt3.yaml'), good);
    expect(readKnownDifferences(dir).map((entry) => entry.id)).toEqual(['known-differences/quilt-mcp/1', 'known-differences/quilt3/1']);
    writeFileSync(join(dir, 'quilt-mcp.yaml'), good.replace('>=8', 'x='));
    writeFileSync(join(dir, 'quilt3.yaml'), 'a: [');
    expect(() => readKnownDifferences(dir)).toThrow(/quilt-mcp\.yaml:1:3: subject.*\n.*quilt3\.yaml:/);
  } finally {
    rmSync(dir, { recursive: true });
  }
  expect(readKnownDifferences(dir)).toEqual([]);
});
