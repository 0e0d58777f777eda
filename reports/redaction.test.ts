import { describe, expect, test } from 'vitest';
import { createRedactor, REDACTED } from './redaction.ts';

/** A secret with every character that some spelling escapes. */
const canary = 'c4n/ary+"k&y\\é <x>=7';

function learnt(...values: string[]) {
  const redactor = createRedactor();
  for (const value of values) redactor.learn(value);
  return redactor;
}

describe('by value', () => {
  const asciiEscaped = (text: string) =>
    JSON.stringify(text).replace(/[\u0080-\uffff]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`);
  const spellings: Record<string, string> = {
    raw: canary,
    json: JSON.stringify({ a: canary }),
    'json in json': JSON.stringify({ a: JSON.stringify({ b: canary }) }),
    'json in json in json': JSON.stringify(JSON.stringify(JSON.stringify(canary))),
    'escaped slash': JSON.stringify(canary).replaceAll('/', '\\/'),
    'ascii only, as Python writes it': asciiEscaped(canary),
    'ascii only in json': JSON.stringify(asciiEscaped(canary)),
    'every character escaped': [...canary].map((one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''),
    'upper-case hex': [...canary].map((one) => `\\u${one.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`).join(''),
    url: `https://x/?q=${encodeURIComponent(canary)}`,
    'lower-case url': `q=${encodeURIComponent(canary).toLowerCase()}`,
    'url twice': encodeURIComponent(encodeURIComponent(canary)),
    form: new URLSearchParams({ q: canary }).toString(),
    xml: `<v>${canary.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')}</v>`,
    'xml by number': [...canary].map((one) => `&#${one.codePointAt(0)};`).join(''),
    'xml by hex': [...canary].map((one) => `&#x${one.codePointAt(0)?.toString(16)};`).join(''),
  };

  test.each(Object.entries(spellings))('%s', (_, text) => {
    const out = learnt(canary).text(`before ${text} after`);
    expect(out).toContain(REDACTED);
    expect(out).toMatch(/^before [\s\S]* after$/);
    for (const part of ['c4n', 'ary', '=7', '%3D7', '0063']) expect(out).not.toContain(part);
  });

  test.each([0, 1, 2, 3, 4, 5])('base64 with %i bytes before it', (offset) => {
    const plain = Buffer.from(`${'u'.repeat(offset)}${canary}:tail`);
    for (const encoded of [plain.toString('base64'), plain.toString('base64url')]) {
      const out = learnt(canary).text(`x ${encoded} y`);
      expect(out).toContain(REDACTED);
      expect(Buffer.from(out.replace(REDACTED, ''), 'base64').toString('latin1')).not.toContain('ary');
    }
  });

  test('a secret that holds another goes whole, in any order of learning', () => {
    for (const order of [
      ['abcdefgh', 'abcdefgh-ijkl'],
      ['abcdefgh-ijkl', 'abcdefgh'],
    ])
      expect(learnt(...order).text('<abcdefgh-ijkl>')).toBe(`<${REDACTED}>`);
  });

  test('what is shorter than 8 characters is not searched for', () => {
    expect(learnt('admin').text('the admin page')).toBe('the admin page');
  });

  test('a replacement pattern in a secret is no pattern', () => {
    expect(learnt('$&$1$$.*[x]').text('a $&$1$$.*[x] b')).toBe(`a ${REDACTED} b`);
  });
});

describe('by name', () => {
  const { text, json, headers, url } = createRedactor();

  test('members of JSON at any depth of escaping, cut ones too', () => {
    const body = {
      variables: { newPassword: 'p"w\\', access_token: 'abc', apiKey: 'k', name: 'n', nextToken: 'page2', token_type: 'Bearer' },
    };
    const kept = {
      variables: { newPassword: REDACTED, access_token: REDACTED, apiKey: REDACTED, name: 'n', nextToken: 'page2', token_type: 'Bearer' },
    };
    expect(JSON.parse(text(JSON.stringify(body)))).toEqual(kept);
    expect(JSON.parse(JSON.parse(text(JSON.stringify(JSON.stringify(body)))) as string)).toEqual(kept);
    expect(text('{"a":1,"refresh_token": "eyJhb')).toBe(`{"a":1,"refresh_token": "${REDACTED}`);
    expect(json(body)).toEqual(kept);
  });

  test('elements of XML, literals of GraphQL', () => {
    expect(
      text('<SecretAccessKey>wJalr/x</SecretAccessKey><SessionToken>FwoG</SessionToken><NextContinuationToken>p</NextContinuationToken>'),
    ).toBe(
      `<SecretAccessKey>${REDACTED}</SecretAccessKey><SessionToken>${REDACTED}</SessionToken><NextContinuationToken>p</NextContinuationToken>`,
    );
    expect(text('mutation { apiKeyRevoke(secret: "qk_123") { __typename } }')).toBe(
      `mutation { apiKeyRevoke(secret: "${REDACTED}") { __typename } }`,
    );
    expect(text(JSON.stringify({ query: '{ a(secret: "qk_123", name: "n") }' }))).toBe(
      JSON.stringify({ query: `{ a(secret: "${REDACTED}", name: "n") }` }),
    );
  });

  test('headers', () => {
    const given = {
      Authorization: 'AWS4-HMAC-SHA256 Credential=AK/2026/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=ffff',
      cookie: 'session=1; other=2',
      'set-cookie': 'session=1; HttpOnly',
      'x-amz-security-token': 'FwoGZXIvYXdzEB',
      location: 'https://b.example/o?X-Amz-Signature=abc&x-id=GetObject',
      accept: 'text/html',
    };
    expect(headers(given)).toEqual({
      Authorization: `AWS4-HMAC-SHA256 ${REDACTED}`,
      cookie: REDACTED,
      'set-cookie': REDACTED,
      'x-amz-security-token': REDACTED,
      location: `https://b.example/o?X-Amz-Signature=${REDACTED}&x-id=GetObject`,
      accept: 'text/html',
    });
  });

  test('URLs, alone and within JSON', () => {
    const signed =
      'https://s3/b/k?versionId=v1&X-Amz-Credential=AK%2F2026&X-Amz-Security-Token=Fwo%2BG&X-Amz-Expires=60&X-Amz-Signature=abcdef';
    const kept = `https://s3/b/k?versionId=v1&X-Amz-Credential=${REDACTED}&X-Amz-Security-Token=${REDACTED}&X-Amz-Expires=60&X-Amz-Signature=${REDACTED}`;
    expect(url(signed)).toBe(kept);
    expect(text(JSON.stringify({ u: signed }))).toBe(JSON.stringify({ u: kept }));
    expect(text(signed.replaceAll('&', '\\u0026'))).toBe(kept.replaceAll('&', '\\u0026'));
    expect(text(`<u>${signed.replaceAll('&', '&amp;')}</u>`)).toBe(`<u>${kept.replaceAll('&', '&amp;')}</u>`);
    expect(text(`next=${encodeURIComponent(signed)}`)).not.toMatch(/abcdef|Fwo/);
    expect(url('http://user:pa55@127.0.0.1:1/#bearer')).toBe(`http://${REDACTED}@127.0.0.1:1/#${REDACTED}`);
    expect(text('refresh_token=abc&grant_type=x')).toBe(`refresh_token=${REDACTED}&grant_type=x`);
  });

  test('tokens by their shape', () => {
    const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0abc.c2lnbmF0dXJlMTIz';
    expect(text(`token was ${jwt}, sent as Authorization: Bearer ${jwt}`)).toBe(
      `token was ${REDACTED}, sent as Authorization: Bearer ${REDACTED}`,
    );
  });

  test('what is no secret stays as it is', () => {
    const plain = JSON.stringify({
      data: { packages: [{ name: 'a/b', hash: 'f'.repeat(64), modified: '2026-01-01T00:00:00Z', physicalKey: 's3://b/k?versionId=v.1' }] },
    });
    expect(text(plain)).toBe(plain);
    expect(json({ a: [1, null, true, 'x'] })).toEqual({ a: [1, null, true, 'x'] });
  });
});
