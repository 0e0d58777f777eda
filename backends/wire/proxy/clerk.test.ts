import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Ajv } from 'ajv';
import draft6 from 'ajv/dist/refs/json-schema-draft-06.json' with { type: 'json' };
import harSchemas from 'har-schema';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sampleContract } from '../../../schemas/sample-schema.ts';
import { createClerk } from './clerk.ts';
import { postedExchange, wholeBody } from './judged-proxy.ts';
import type { PassedExchange } from './passed-exchange.ts';

const FITS = { data: { me: { name: 'a' } } };
let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'crosscheck-clerk-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

/** What stands in both files after the exchanges. */
function recorded(exchanges: readonly PassedExchange[], secrets: readonly string[] = []) {
  const har = join(dir, 'seen.har');
  using clerk = createClerk(sampleContract, { record: join(dir, 'store'), har, secrets });
  for (const one of exchanges) clerk.take([one]);
  const lines = readFileSync(join(dir, 'store/exchanges.ndjson'), 'utf8');
  return {
    lines: lines
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
    har: JSON.parse(readFileSync(har, 'utf8')),
    text: lines + readFileSync(har, 'utf8'),
    summary: clerk.summary(),
  };
}

const withHeaders = (headers: readonly string[], query = '{ me { name } }', variables: object = {}): PassedExchange => {
  const passed = postedExchange({ query, variables }, FITS);
  return { ...passed, request: { ...passed.request, headers: [...passed.request.headers, ...headers] } };
};

describe('records', () => {
  test('hold each exchange, what was judged of it and what was found, as a line and as a valid HAR 1.2', () => {
    const { lines, har } = recorded([
      postedExchange({ query: 'query Me { me { name } }' }, { data: { me: { name: 'ünï' } } }),
      postedExchange({ query: '{ me { nam } }' }, { errors: [{ message: 'm' }] }, { id: 2 }),
      postedExchange(null, null, { id: 3, kind: 'other', response: null, error: 'down' }),
      postedExchange({ query: '{ me { name } }' }, null, {
        id: 4,
        response: {
          status: 200,
          reason: 'OK',
          headers: ['Content-Encoding', 'gzip', '__proto__', 'x'],
          body: wholeBody(gzipSync(JSON.stringify(FITS))),
        },
      }),
    ]);
    expect(lines).toMatchObject([
      { id: 1, protocol: 'graphql', operation: 'Me', judged: { documents: 1, answers: 1, notJudged: [] }, findings: [], refused: false },
      { id: 2, findings: [{ rule: 'FieldsOnCorrectTypeRule' }] },
      { id: 3, protocol: 'rest', operation: 'POST /graphql', judged: null, response: null, error: 'down' },
      { id: 4, response: { body: JSON.stringify(FITS) } },
    ]);
    const ajv = new Ajv({ validateFormats: false, strict: false });
    ajv.addMetaSchema(draft6);
    ajv.addSchema(Object.values(harSchemas));
    expect([ajv.validate('har.json#', har), ajv.errors]).toEqual([true, null]);
    expect(har.log.entries).toHaveLength(4);
  });

  test('are readable by their owner alone', () => {
    recorded([postedExchange({ query: '{ me { name } }' }, FITS)]);
    expect(statSync(join(dir, 'store/exchanges.ndjson')).mode & 0o077).toBe(0);
    expect(statSync(join(dir, 'seen.har')).mode & 0o077).toBe(0);
  });

  test('hold no secret: by name, and by value wherever one comes back', () => {
    const basic = Buffer.from('user:basic-password').toString('base64');
    const echo = ['bearer-value-1', 'basic-password', 'cookie-value-1', 'new-cookie-value', 'variable-password', 'given-secret-1'];
    const leaky = postedExchange(
      { query: '{ me { name } }', variables: { note: echo.join(' ') } },
      { errors: [{ message: `bad: ${echo.join(' ')}` }] },
      { id: 9, error: null },
    );
    const setter = withHeaders(['cookie', 'sid=cookie-value-1; theme=d'], '{ me { name } }', { password: 'variable-password' });
    const { text } = recorded(
      [
        withHeaders(['Authorization', 'Bearer bearer-value-1']),
        withHeaders(['authorization', `Basic ${basic}`]),
        {
          ...setter,
          response: { status: 200, reason: '', headers: ['Set-Cookie', 'sid=new-cookie-value; Path=/'], body: wholeBody('{}') },
        },
        leaky,
      ],
      ['given-secret-1'],
    );
    for (const secret of [...echo, basic]) expect(text).not.toContain(secret);
    expect(text).toContain('Bearer [redacted]');
  });
});

test('an answer nested deeper than a stack is recorded like any other, and stops none', () => {
  const deep = postedExchange({ query: '{ me { name } }' }, null, {
    response: {
      status: 200,
      reason: '',
      headers: [],
      body: wholeBody(`{"data":{"me":{"name":${'['.repeat(200_000)}"token"${']'.repeat(200_000)}}}}`),
    },
  });
  const { lines, summary } = recorded([deep, postedExchange({ query: '{ me { name } }' }, FITS, { id: 2 })]);
  expect(lines).toMatchObject([
    { id: 1, findings: [{ rule: 'wrong-type' }] },
    { id: 2, findings: [] },
  ]);
  expect(summary).toMatchObject({ requests: 2, documents: 2, troubles: [] });
});

test('a finding is told once, however often it is seen, and counted', () => {
  using clerk = createClerk(sampleContract, { record: null, har: null, secrets: [] });
  const wrong = postedExchange({ query: '{ policies { id } }' }, { data: { policies: [{ id: 1 }, { id: 2 }] } });
  expect(clerk.take([wrong])).toMatchObject([{ rule: 'wrong-type', path: 'data.policies.*.id', first: 1 }]);
  expect(clerk.take([{ ...wrong, id: 2 }])).toEqual([]);
  expect(clerk.summary()).toMatchObject({
    requests: 2,
    documents: 2,
    answers: 2,
    findings: [{ count: 4, first: 1 }],
    sent: [{ operation: 'anonymous', count: 2, note: 'exchange 1' }],
    notJudged: {},
  });
});

test('a file that cannot be written is an error at the start', () => {
  expect(() => createClerk(sampleContract, { record: null, har: '/dev/null/x/y.har', secrets: [] })).toThrow(/ENOTDIR/);
});

test('what is told shows no secret either', () => {
  using clerk = createClerk(sampleContract, { record: null, har: null, secrets: ['given-secret-1'] });
  const query =
    'mutation($p: [PermissionInput!]!) { policyCreateManaged(input: { title: "", permissions: $p, roles: [] }) { __typename } }';
  const told = clerk.take([postedExchange({ query, variables: { p: [{ bucket: 'b', level: 'given-secret-1' }] } }, FITS)]);
  expect(told.map(({ message }) => message)[0]).toContain('got "[redacted]"');
  expect(JSON.stringify([told, clerk.summary()])).not.toContain('given-secret-1');
});
