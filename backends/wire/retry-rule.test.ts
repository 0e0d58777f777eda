import { describe, expect, test } from 'vitest';
import { isThrottled, LONGEST_WAIT_MS, MOST_AWS_RETRIES, retryWait } from './retry-rule.ts';

const answer = (status: number, body = '', headers: Record<string, string> = {}) => ({ status, body, headers });
const now = Date.parse('2026-01-01T00:00:00Z');

describe('isThrottled', () => {
  test.each([
    [429, ''],
    [503, '<Error><Code>SlowDown</Code></Error>'],
    [503, '<Error><Code>ServiceUnavailable</Code></Error>', false],
    [500, '<Error><Code>InternalError</Code></Error>', false],
    [400, '{"__type":"com.amazonaws#ThrottlingException","message":"Rate exceeded"}'],
    [400, '{"code":"ValidationException"}', false],
    [503, '', false],
    [200, '<Error><Code>SlowDown</Code></Error>', false],
  ] as const)('%i %s', (status, body, expected: boolean = true) => {
    expect(isThrottled(answer(status, body))).toBe(expected);
  });
});

describe('retryWait', () => {
  test('follows Retry-After, in seconds or as a date, up to the longest wait', () => {
    expect(retryWait(answer(429, '', { 'retry-after': '1' }), 1, now)).toBe(1000);
    expect(retryWait(answer(429, '', { 'retry-after': '0' }), 1, now)).toBe(0);
    expect(retryWait(answer(429, '', { 'retry-after': '3600' }), 1, now)).toBe(LONGEST_WAIT_MS);
    expect(retryWait(answer(429, '', { 'retry-after': 'Thu, 01 Jan 2026 00:00:01 GMT' }), 1, now)).toBe(1000);
    expect(retryWait(answer(429, '', { 'retry-after': 'Wed, 31 Dec 2025 00:00:00 GMT' }), 1, now)).toBe(0);
  });

  test('waits longer each time where the server says nothing that can be read', () => {
    expect([1, 2].map((sent) => retryWait(answer(429), sent, now))).toEqual([100, 200]);
    expect(retryWait(answer(429, '', { 'retry-after': 'soon' }), 1, now)).toBe(100);
  });

  test('sends again at most twice, AWS oftener, and only what was throttled', () => {
    expect(retryWait(answer(429), 3, now)).toBeNull();
    expect(retryWait(answer(500), 1, now)).toBeNull();
    expect(retryWait(answer(429), 3, now, MOST_AWS_RETRIES)).toBe(400);
    expect(retryWait(answer(429), 9, now, MOST_AWS_RETRIES)).toBeNull();
  });
});
