import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readLines } from './read-lines.ts';

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'lines-'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function lines(text: string | Buffer, cap = 10) {
  const file = join(dir, 'lines');
  writeFileSync(file, text);
  return [...readLines(file, cap)].map(({ number, text: line, bytes, complete }) => [number, line, bytes, complete]);
}

const MIB = 1024 * 1024;

test.each<[string, string, unknown[][]]>([
  ['nothing', '', []],
  ['an empty line', '\n', [[1, '', 0, true]]],
  [
    'two lines',
    'a\nb\n',
    [
      [1, 'a', 1, true],
      [2, 'b', 1, true],
    ],
  ],
  [
    'a last line without its newline',
    'a\nb',
    [
      [1, 'a', 1, true],
      [2, 'b', 1, false],
    ],
  ],
  [
    'a line at the cap, and one above',
    '0123456789\n0123456789A\nb\n',
    [
      [1, '0123456789', 10, true],
      [2, null, 11, true],
      [3, 'b', 1, true],
    ],
  ],
  ['letters of several bytes', 'é€😀\n', [[1, 'é€😀', 9, true]]],
])('%s', (_, text, expected) => {
  expect(lines(text)).toEqual(expected);
});

test('a line over the border of a chunk is whole, and a shorter chunk never shows what the longer one before it left', () => {
  const long = 'x'.repeat(MIB - 1);
  expect(lines(`${long}\nab\n${'y'.repeat(MIB)}z`, 2 * MIB)).toEqual([
    [1, long, MIB - 1, true],
    [2, 'ab', 2, true],
    [3, `${'y'.repeat(MIB)}z`, MIB + 1, false],
  ]);
  expect(lines(`${'a\n'.repeat(MIB / 2)}b`, 2)).toHaveLength(MIB / 2 + 1);
});

test('a letter cut by a chunk is put together again', () => {
  const text = `${'x'.repeat(MIB - 1)}é`;
  expect(lines(`${text}\n`, 2 * MIB)).toEqual([[1, text, MIB + 1, true]]);
});
