import { expect, test } from 'vitest';
import { sampleContract } from '../../../schemas/sample-schema.ts';
import { scriptedServer } from '../scripted-server.ts';
import { judgedProxy } from './judged-proxy.ts';

const post = (url: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) });

test('with a contract to refuse by, what does not fit is answered with its rules, paths and places, and reaches nobody', async () => {
  await using server = await scriptedServer((_request, response) => response.end('{"data":{"me":null}}'));
  await using proxy = await judgedProxy(server.origin, { refuseBy: sampleContract });
  const wrong = await post(proxy.url, { query: '{ policies { name } }' });
  expect([wrong.status, wrong.headers.get('content-type')]).toEqual([400, 'application/json; charset=utf-8']);
  expect(await wrong.json()).toEqual({
    errors: [
      {
        message: 'document: Cannot query field "name" on type "Policy"; did you mean "title"?',
        locations: [{ line: 1, column: 14 }],
        extensions: {
          code: 'CONTRACT_VIOLATION',
          by: 'crosscheck contract proxy',
          rule: 'FieldsOnCorrectTypeRule',
          subject: 'document',
          path: null,
        },
      },
    ],
  });
  const role = { query: 'query($by: Choice!) { role(by: $by) { id } }', variables: { by: { id: 'a', name: 'b' } } };
  const accept = { accept: 'application/graphql-response+json, application/json' };
  const variables = await post(proxy.url, role, accept);
  expect(variables.headers.get('content-type')).toBe('application/graphql-response+json; charset=utf-8');
  expect(await variables.json()).toMatchObject({ errors: [{ extensions: { rule: 'one-of', path: 'by' } }] });
  expect(server.seen).toEqual([]);
  await proxy.exchange(2);
  expect(proxy.clerk.summary()).toMatchObject({ refused: 2, documents: 2, notJudged: {} });
});

test('what fits, what is only deprecated, and what cannot be judged is forwarded byte by byte', async () => {
  await using server = await scriptedServer((_request, response) => response.end('{"data":{"me":null}}'));
  await using proxy = await judgedProxy(server.origin, { refuseBy: sampleContract, bodyLimit: 200 });
  const bodies = [
    { query: '{ me { name } }' },
    { query: '{ policies { nickname } }' },
    { documentId: 'x' },
    { query: 'x'.repeat(100_000) },
  ];
  for (const body of bodies) expect((await post(proxy.url, body)).status).toBe(200);
  expect(server.seen.map(({ body }) => body)).toEqual(bodies.map((body) => JSON.stringify(body)));
});

test('a document deeper than a stack ends nothing: it is refused by its depth, and the next is forwarded', async () => {
  await using server = await scriptedServer((_request, response) => response.end('{"errors":[{"message":"too deep"}]}'));
  await using proxy = await judgedProxy(server.origin, { refuseBy: sampleContract });
  const refused = await post(proxy.url, { query: '{ a '.repeat(100_000) });
  expect([refused.status, await refused.text()]).toEqual([400, expect.stringContaining('document-limits')]);
  expect((await post(proxy.url, { query: '{ me { name } }' })).status).toBe(200);
  await proxy.exchange(2);
  const { requests, troubles, findings } = proxy.clerk.summary();
  expect(requests).toBe(2);
  expect(troubles.length + findings.length).toBe(1);
});
