import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { documentKey } from '../../../schemas/reconcile.ts';
import { sampleContract } from '../../../schemas/sample-schema.ts';
import { judgePassed } from './judge-exchange.ts';
import { postedExchange, wholeBody } from './judged-proxy.ts';
import type { PassedExchange } from './passed-exchange.ts';

const ASKED = { query: 'query Me { me { name } }', operationName: 'Me' };
const FITS = { data: { me: { name: 'a' } } };
const judge = (passed: PassedExchange) => judgePassed(sampleContract, passed);
const rulesOf = (passed: PassedExchange) => judge(passed)?.findings.map(({ subject, rule, path }) => `${subject} ${rule} ${path}`);
const asked = (headers: readonly string[], body: string | Uint8Array, url = 'http://server/graphql', method = 'POST') =>
  postedExchange(null, FITS, { request: { method, url, headers, body: wholeBody(body) } });
const answered = (headers: readonly string[], body: string | Uint8Array, status = 200, question: unknown = ASKED) =>
  postedExchange(question, null, { response: { status, reason: '', headers, body: wholeBody(body) } });

describe('what is asked', () => {
  const query = new URLSearchParams({ query: ASKED.query, variables: '{}' });
  test.each([
    ['JSON', postedExchange(ASKED, FITS)],
    ['JSON with a byte order mark', asked([], `\uFEFF${JSON.stringify(ASKED)}`)],
    ['GET', asked([], '', `http://server/graphql?${query}`, 'GET')],
    ['a form', asked(['content-type', 'application/x-www-form-urlencoded'], query.toString())],
    ['the document alone', asked(['content-type', 'application/graphql; charset=utf-8'], ASKED.query)],
    ['gzip', asked(['content-encoding', 'gzip'], gzipSync(JSON.stringify(ASKED)))],
    ['a persisted query with its text', postedExchange({ ...ASKED, extensions: { persistedQuery: { sha256Hash: 'x' } } }, FITS)],
  ])('%s is judged, with its answer', (_what, passed) => {
    const key = documentKey(ASKED.query, 'Me');
    expect(judge(passed)).toMatchObject({
      operation: 'Me',
      asked: [{ operation: 'Me' }],
      documents: 1,
      answers: 1,
      findings: [],
      notJudged: [],
    });
    expect([key, documentKey(ASKED.query, null)]).toContain(judge(passed)?.asked[0]?.key);
  });

  test.each([
    [
      'an automatic persisted query',
      postedExchange({ extensions: { persistedQuery: { version: 1, sha256Hash: 'x' } } }, FITS),
      'persisted query, whose text is not in it',
    ],
    [
      'the same by GET',
      asked([], '', 'http://server/graphql?extensions=%7B%22persistedQuery%22%3A%7B%7D%7D', 'GET'),
      'persisted query, whose text is not in it',
    ],
    ['a trusted document', postedExchange({ documentId: 'sha256:x' }, FITS), 'persisted query, whose text is not in it'],
    ['an upload', asked(['content-type', 'multipart/form-data; boundary=x'], '--x'), 'file upload'],
    ['what is no JSON', asked([], '{"query": "{ me'), 'not JSON'],
    ['another type', asked(['content-type', 'application/cbor'], 'x'), 'content type application/cbor'],
    ['another encoding', asked(['content-encoding', 'compress'], 'x'), 'encoding compress'],
    ['what is not gzip', asked(['content-encoding', 'gzip'], 'x'), 'not gzip'],
    ['no document', postedExchange({ query: null }, FITS), 'no document'],
    ['too large', asked([], gzipSync(Buffer.alloc(70 * 1024 * 1024))), 'not JSON'],
  ])('%s is not judged, and says so', (_what, passed, why) => {
    expect(judge(passed)).toMatchObject({ documents: 0, answers: 0, findings: [], notJudged: [`request: ${why}`] });
  });

  test('a bomb is not judged', () => {
    expect(judge(asked(['content-encoding', 'gzip'], gzipSync(Buffer.alloc(70 * 1024 * 1024))))).toMatchObject({
      notJudged: ['request: too large when decoded'],
    });
  });

  test.each([
    ['a page for people', asked(['accept', 'text/html'], '', 'http://server/graphql', 'GET')],
    ['a CORS preflight', asked([], '', 'http://server/graphql', 'OPTIONS')],
    ['what goes to no GraphQL', { ...postedExchange(ASKED, FITS), kind: 'other' as const }],
  ])('%s asks nothing', (_what, passed) => {
    expect(judge(passed)).toBeNull();
  });

  test('a document, its variables and an answer that do not fit are findings, each in its turn', () => {
    expect(rulesOf(postedExchange({ query: '{ policies { name } }' }, FITS))).toEqual(['document FieldsOnCorrectTypeRule null']);
    const create = 'mutation($i: ManagedPolicyInput!) { policyCreateManaged(input: $i) { __typename } }';
    const permissions = [{ bucketName: 'b', level: 'READ' }];
    expect(
      rulesOf(postedExchange({ query: create, variables: { i: { title: 't', permissions } } }, { data: null, errors: [{ message: 'm' }] })),
    ).toEqual([
      'variables missing-input-field i.permissions.0.bucket',
      'variables unknown-input-field i.permissions.0.bucketName',
      'variables missing-input-field i.roles',
    ]);
    expect(rulesOf(postedExchange(ASKED, { data: { me: { name: null } } }))).toEqual(['response null-for-non-null data.me.name']);
  });

  test('each of a batch is judged by its own answer', () => {
    const batch = [ASKED, { documentId: 'x' }, { query: '{ policies { id } }' }];
    expect(judge(postedExchange(batch, [FITS, {}, { data: { policies: [{ id: 1 }] } }]))).toMatchObject({
      operation: 'Me, anonymous',
      documents: 2,
      answers: 2,
      findings: [{ rule: 'wrong-type', path: 'data.policies.0.id' }],
      notJudged: ['request: persisted query, whose text is not in it'],
    });
    expect(rulesOf(postedExchange([ASKED, ASKED], [FITS]))).toEqual(['response batch-shape null']);
    expect(rulesOf(postedExchange(ASKED, [FITS]))).toEqual(['response batch-shape null']);
    expect(judge(postedExchange([ASKED, ASKED], { errors: [{ message: 'no batches' }] }))?.findings).toEqual([]);
  });

  test('one that was refused is judged by what it asked', () => {
    expect(judge(postedExchange({ query: '{ x }' }, null, { response: null, refused: [] }))).toMatchObject({ documents: 1, notJudged: [] });
  });
});

describe('what is answered', () => {
  const json = JSON.stringify({ data: { me: { name: null } } });
  test.each([
    ['gzip', gzipSync(json)],
    ['br', brotliCompressSync(json)],
    ['deflate', deflateSync(json)],
    ['deflate', deflateRawSync(json)],
    ['zstd', zstdCompressSync(json)],
    ['gzip, br', brotliCompressSync(gzipSync(json))],
    ['identity', Buffer.from(json)],
  ])('%s is decoded', (encoding, body) => {
    expect(rulesOf(answered(['content-type', 'application/json', 'content-encoding', encoding], body))).toEqual([
      'response null-for-non-null data.me.name',
    ]);
  });

  test.each([
    ['HTML of a gateway', answered(['content-type', 'text/html'], '<html>', 502), 'HTTP 502, no GraphQL'],
    ['JSON of a gateway', answered(['content-type', 'application/json'], '{"message":"no"}', 403), 'HTTP 403, no GraphQL'],
    ['HTML', answered(['content-type', 'text/html'], '<html>'), 'content type text/html'],
    ['half of JSON', answered(['content-type', 'application/json'], '{"data"'), 'not JSON'],
    ['none', postedExchange(ASKED, null, { response: null, error: 'down' }), 'none came'],
    ['broken off', postedExchange(ASKED, FITS, { error: 'reset' }), 'broken off'],
    [
      'too large',
      postedExchange(ASKED, null, {
        response: { status: 200, reason: '', headers: [], body: { ...wholeBody('x'), complete: false, leftOut: 'too large', bytes: 9 } },
      }),
      'too large',
    ],
    ['an empty stream', answered(['content-type', 'text/event-stream'], ':\n\n'), 'a stream of nothing'],
    [
      'a stream for many',
      answered(['content-type', 'text/event-stream'], 'data: {"id":"1","payload":{}}\n\n'),
      'a stream for many requests',
    ],
  ])('%s is not judged, and says so', (_what, passed, why) => {
    expect(judge(passed)).toMatchObject({ documents: 1, answers: 0, findings: [], notJudged: [`answer: ${why}`] });
  });

  test('every event of a subscription is a whole answer', () => {
    const events = ['{"data":{"me":{"name":"a"}}}', '{"data":{"me":{}}}'].map((data) => `event: next\r\ndata: ${data}\r\n\r\n`).join('');
    expect(rulesOf(answered(['content-type', 'text/event-stream'], `:\r\n\r\n${events}event: complete\r\ndata:\r\n\r\n`))).toEqual([
      'response missing-field data.me.name',
    ]);
  });

  describe('in pieces', () => {
    const question = { query: '{ me { name roles { id } ... { email } } }' };
    const pieces = (bodies: readonly object[], boundary = '-') =>
      answered(
        ['content-type', `multipart/mixed; boundary="${boundary}"; deferSpec=20220824`],
        `preamble${bodies.map((body) => `\r\n--${boundary}\r\nContent-Type: application/json\r\n\r\n${JSON.stringify(body)}`).join('')}\r\n--${boundary}--\r\n`,
        200,
        question,
      );
    const first = { data: { me: { name: 'a', roles: [{ id: '1' }] } } };

    test('by path, by id, and in the oldest form: judged as what they become', () => {
      const byPath = pieces([
        { ...first, hasNext: true },
        {
          incremental: [
            { path: [], data: { me: { email: 'e' } } },
            { path: ['me', 'roles', 1], items: [{ id: 2 }] },
          ],
          hasNext: false,
        },
      ]);
      expect(rulesOf(byPath)).toEqual(['response wrong-type data.me.roles.1.id']);
      const byId = pieces(
        [
          {
            ...first,
            pending: [
              { id: '0', path: ['me'] },
              { id: '1', path: ['me', 'roles'] },
            ],
            hasNext: true,
          },
          {
            incremental: [
              { id: '0', data: { email: null } },
              { id: '1', items: [{ id: '2' }] },
            ],
            completed: [{ id: '0' }],
            hasNext: false,
          },
        ],
        'graphql',
      );
      expect(rulesOf(byId)).toEqual(['response null-for-non-null data.me.email']);
      expect(
        judge(
          pieces([
            { ...first, hasNext: true },
            { path: ['me'], data: { email: 'e' }, hasNext: false },
          ]),
        ),
      ).toMatchObject({ answers: 1, findings: [] });
    });

    test('a piece that failed, or has no place, leaves the whole not judged', () => {
      for (const last of [
        { incremental: [{ path: ['me'], data: null, errors: [{ message: 'm' }] }], hasNext: false },
        { incremental: [{ id: 'x', data: { email: 'e' } }], hasNext: false },
        { completed: [{ id: '0', errors: [{ message: 'm' }] }], hasNext: false },
      ]) {
        expect(judge(pieces([{ ...first, hasNext: true }, last]))?.notJudged).toEqual([
          'answer: incremental delivery that cannot be put together',
        ]);
      }
    });
  });
});
