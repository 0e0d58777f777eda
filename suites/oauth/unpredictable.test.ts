/** Values of two requests: guessable ones are told from random ones. */
import { randomBytes, randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { unpredictable } from './unpredictable.ts';

const request = (state: string) => new URL(`https://provider.example/auth?state=${encodeURIComponent(state)}`);
const holds = (a: string, b: string) => unpredictable('state', [request(a), request(b)], '').every(({ expected, got }) => expected === got);

test.each([
  ['base64url of 256 bits', () => randomBytes(32).toString('base64url')],
  ['hex of 128 bits', () => randomBytes(16).toString('hex')],
  ['a UUID', () => randomUUID()],
  ['a place to return to beside it', () => `${randomBytes(16).toString('base64url')}.%2Fconnections`],
])('%s is random', (_name, make) => {
  for (let time = 0; time < 200; time++) expect(holds(make(), make())).toBe(true);
});

test.each([
  ['nothing', '', ''],
  ['a constant', 'x'.repeat(43), 'x'.repeat(43)],
  ['milliseconds', '1795600000123', '1795600000456'],
  ['nanoseconds behind a name', 'sign-in-179560000012345678', 'sign-in-179560000098765432'],
  ['a counter', 'user-42-request-000007', 'user-42-request-000008'],
])('%s can be guessed', (_name, a, b) => {
  expect(holds(a, b)).toBe(false);
});
