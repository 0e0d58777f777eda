import { describe, expect, test } from 'vitest';
import { blurSecrets, createStandIns, expandTokens, piecesOf } from './stand-ins.ts';

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const token = `${part({ alg: 'HS256' })}.${part({ sub: 'user', exp: 4_000_000_000 })}.c2lnbmF0dXJlLXNpZ25hdHVyZQ`;
const key = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';

describe('stand-ins', () => {
  test('are the same for the same secret and others for others, in every spelling', () => {
    const standIns = createStandIns();
    for (const secret of [key, 'another-secret-value']) standIns.learn(secret);
    const one = standIns.apply(JSON.stringify({ a: key, b: encodeURIComponent(key), c: 'another-secret-value' }));
    expect(JSON.parse(one)).toEqual({ a: 'redacted-0001-secret', b: 'redacted-0001-secret', c: 'redacted-0002-secret' });
  });

  test('of a token keep its words and lose its signature', () => {
    const standIns = createStandIns();
    standIns.learnIn({ answer: `Bearer ${token}` });
    const text = standIns.apply(`{"token":"${token}"}`);
    expect(text).toBe('{"token":"redacted-0001-secret"}');
    const { token: again } = JSON.parse(expandTokens(text, standIns.tokens)) as { token: string };
    expect(JSON.parse(Buffer.from(again.split('.')[1] ?? '', 'base64url').toString())).toEqual({ sub: 'user', exp: 4_000_000_000 });
    expect(again).not.toContain('c2lnbmF0dXJl');
  });

  test('a secret that nobody told of goes whole, since its name or form says what it is', () => {
    const standIns = createStandIns();
    expect(standIns.apply('{"password":"hunter2-hunter2"}')).toBe('{"password":"[redacted]"}');
    expect(standIns.json({ secretAccessKey: 'short' })).toEqual({ secretAccessKey: '[redacted]' });
    expect(standIns.header('authorization', 'AWS4-HMAC-SHA256 Credential=AKIA/x, Signature=abc')).toBe('AWS4-HMAC-SHA256 [redacted]');
    expect(standIns.apply('https://b.test/k?X-Amz-Signature=0123456789abcdef')).not.toContain('0123456789abcdef');
  });

  test('two texts that differ in secrets alone are equal when blurred', () => {
    const standIns = createStandIns();
    standIns.learn(token);
    const recorded = expandTokens(standIns.apply(`refresh_token=${token}`), standIns.tokens);
    expect(blurSecrets(recorded)).toBe(blurSecrets('refresh_token=the-one-of-the-story'));
    expect(blurSecrets('{"name":"a"}')).not.toBe(blurSecrets('{"name":"b"}'));
  });

  test('a text falls into plain pieces and stand-ins, written out or not', () => {
    const standIns = createStandIns();
    standIns.learn(token);
    const short = standIns.apply(`Bearer ${token}`);
    const pieces = [{ plain: 'Bearer ' }, { standIn: 'redacted-0001-secret' }];
    expect([piecesOf(short), piecesOf(expandTokens(short, standIns.tokens))]).toEqual([pieces, pieces]);
  });
});
