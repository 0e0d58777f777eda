import { expect, test } from 'vitest';
import { allLies } from './lies.ts';
import { parseWaivers, readWaivers } from './waivers.ts';

const [first, second] = allLies().map(({ name }) => name);
const waiver = (lie: string | undefined, reason: string) =>
  `- { backend: quilt3, lie: ${JSON.stringify(lie)}, reason: ${JSON.stringify(reason)} }\n`;

test('a waiver names one generated lie exactly, with its own reason', () => {
  const text = waiver(first, 'nobody can tell this of it') + waiver(second, 'nor can anybody tell that');
  expect(parseWaivers(text).map(({ lie }) => lie)).toEqual([first, second]);
  expect(parseWaivers('# none\n')).toEqual([]);
});

test.each([
  ['a pattern', waiver('admin.*oles.*nmanaged polic*', 'an unmanaged role has no policies'), 'the exact name of a generated lie'],
  ['a name that is no lie', waiver('browse children: tickled', 'nobody can tell this of it'), 'the exact name of a generated lie'],
  ['a waiver again', waiver(first, 'nobody can tell this of it').repeat(2), 'expected once'],
  [
    'one reason for two lies',
    waiver(first, 'nobody can tell this of it') + waiver(second, 'nobody can tell this of it'),
    'a reason of its own',
  ],
  ['hardly a reason', waiver(first, 'because'), 'reason'],
  ['an unknown backend', waiver(first, 'nobody can tell this of it').replace('quilt3', 'quilt4'), 'backend'],
])('%s is refused', (_, text, says) => {
  expect(() => parseWaivers(text)).toThrow(says);
});

test('the committed waivers are such', () => {
  expect(readWaivers()).toBeInstanceOf(Array);
});
