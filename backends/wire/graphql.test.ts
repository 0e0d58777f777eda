import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { graphqlSync } from 'graphql';
import { describe, expect, test } from 'vitest';
import { contractFromIntrospection } from '../../schemas/load-contract.ts';
import { sampleContract } from '../../schemas/sample-schema.ts';
import { registerDocuments } from './documents.ts';
import type { Door } from './door.ts';
import { WireError } from './door.ts';
import { createGraphql } from './graphql.ts';
import { toQuiltError } from './graphql-errors.ts';
import { introspectContract } from './introspect.ts';
import { openDoor } from './open-door.ts';
import { rawServer, scriptedServer } from './scripted-server.ts';

const text = 'query Policies($more: Boolean = false) { policies { id title @include(if: $more) } }';
const known = { has: (asked: string) => asked === text };
const question = { text, name: 'Policies' };

function doorTo(origin: string, contract: Door['contract'] = sampleContract) {
  return openDoor({ origins: [origin], writes: 'namespace', deadlineMs: 2000, bodyLimit: 100_000 }, contract);
}

async function answered(status: number, body: string, contract?: Door['contract']) {
  await using server = await scriptedServer((_, response) => response.writeHead(status, { 'content-type': 'application/json' }).end(body));
  await using door = doorTo(server.origin, contract);
  const graphql = createGraphql(door, {
    url: `${server.origin}/graphql`,
    token: () => 'canary-bearer',
    client: 'test/1',
    documents: known,
  });
  const outcome = await graphql.send(question, { more: true });
  return { outcome, seen: server.seen, exchange: door.exchanges[0], error: toQuiltError('admin.policies.list', outcome, { subject: 'p' }) };
}

describe('send', () => {
  test('posts the document, its name and variables with the bearer, and reads the answer', async () => {
    const { outcome, seen, error } = await answered(200, JSON.stringify({ data: { policies: [{ id: '1', title: 'a' }] } }));
    expect(JSON.parse(seen[0]?.body ?? '')).toEqual({ query: text, operationName: 'Policies', variables: { more: true } });
    expect(seen[0]).toMatchObject({ line: 'POST /graphql', headers: { authorization: 'Bearer canary-bearer', 'user-agent': 'test/1' } });
    expect(outcome).toMatchObject({ status: 200, data: { policies: [{ id: '1', title: 'a' }] }, errors: null, broken: null });
    expect(outcome.findings).toEqual([]);
    expect(error).toBeNull();
  });

  test('refuses any text that is no document of the client, unless it is marked free', async () => {
    await using server = await scriptedServer((_, response) => response.end('{"data":{"policies":[]}}'));
    await using door = doorTo(server.origin);
    const graphql = createGraphql(door, { url: server.origin, token: () => null, client: 'test/1', documents: known });
    const other = { text: `${text} `, name: 'Policies' };
    await expect(graphql.send(other)).rejects.toMatchObject({
      failure: 'refused',
      message: expect.stringContaining('the text of Policies is no document of test/1'),
    });
    expect(server.seen).toEqual([]);
    expect((await graphql.send({ ...other, free: true })).data).toEqual({ policies: [] });
    expect(server.seen[0]?.headers.authorization).toBeUndefined();
  });

  test('mutations are writes, and so is a text that hides one', async () => {
    await using server = await scriptedServer((_, response) => response.end('{"data":null}'));
    await using door = openDoor({ origins: [server.origin], writes: 'never', deadlineMs: 2000, bodyLimit: 1000 }, null);
    const graphql = createGraphql(door, { url: server.origin, token: () => null, client: 'test/1' });
    const free = (body: string, name: string | null) => graphql.send({ text: body, name, free: true });
    const both = 'query Q { me { name } } mutation M { admin { user { __typename } } }';
    await expect(free(both, 'M')).rejects.toMatchObject({ failure: 'refused' });
    await expect(free(both, null)).rejects.toMatchObject({ failure: 'refused' });
    await expect(free('mutation { x }', null)).rejects.toMatchObject({ failure: 'refused' });
    await free(both, 'Q');
    await free('no graphql', null);
    expect(server.seen).toHaveLength(2);
  });

  test('C-11: what does not fit the schema is recorded with the exchange', async () => {
    const { outcome, exchange } = await answered(200, JSON.stringify({ data: { policies: [{ id: null, title: 'a' }] } }));
    expect(exchange?.findings).toEqual(outcome.findings);
    expect(outcome.findings.map((finding) => finding.message)).toContain('data.policies.0.id: expected ID! (Policy.id), got null');
  });

  test('without a contract nothing is judged', async () => {
    expect((await answered(200, '{"data":{"policies":7}}', null)).outcome.findings).toEqual([]);
  });
});

describe('toQuiltError (C-05, P-06)', () => {
  const errors = JSON.stringify({ errors: [{ message: 'Cannot query field "x".' }, { message: 'And another.' }] });
  test.each([
    [400, errors, 'BackendError', '400', 'Cannot query field "x".\nAnd another.'],
    [401, '{"message":"token expired"}', 'AuthenticationError', '401', 'token expired'],
    [403, 'Forbidden', 'PermissionError', '403', 'Forbidden'],
    [404, '', 'BackendError', '404', undefined],
    [401, '{"errors":[{"message":"late","extensions":{"code":"TOKEN_EXPIRED"}}]}', 'AuthenticationError', 'TOKEN_EXPIRED', 'late'],
    [429, '{"error":"slow down"}', 'BackendError', '429', 'slow down'],
    [500, '<html>oops</html>', 'BackendError', '500', '<html>oops</html>'],
    [503, '', 'BackendError', '503', undefined],
    [302, '', 'BackendError', '302', undefined],
    [200, '<html>sign in</html>', 'BackendError', 'broken-body', undefined],
    [200, '{"data":{"a"', 'BackendError', 'broken-body', undefined],
    [200, '[]', 'BackendError', 'broken-body', undefined],
    [200, '{}', 'BackendError', 'broken-body', undefined],
    [200, '{"data":null,"errors":[{"message":"boom"}]}', 'BackendError', 'graphql-errors', 'boom'],
    [200, '{"data":null,"errors":[{"message":"no","extensions":{"code":"FORBIDDEN"}}]}', 'PermissionError', 'FORBIDDEN', 'no'],
    [200, '{"errors":[{"message":"who","extensions":{"code":"UNAUTHENTICATED"}}]}', 'AuthenticationError', 'UNAUTHENTICATED', 'who'],
  ])('%i %s', async (status, body, name, code, said) => {
    const { error } = await answered(status, body, null);
    expect(error).toMatchObject({ name, operation: 'admin.policies.list', detail: { subject: 'p', code } });
    expect(error?.detail.text).toBe(said);
    expect(error?.message).toMatch(/expected .*, got/);
  });

  test('each way of getting no answer keeps its own code', async () => {
    await using silent = await rawServer(() => undefined);
    await using door = openDoor({ origins: [silent.origin], writes: 'namespace', deadlineMs: 40, bodyLimit: 1000 }, null);
    const graphql = createGraphql(door, { url: silent.origin, token: () => null, client: 'test/1', documents: known });
    const error: unknown = await graphql.send(question).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(WireError);
    if (error instanceof WireError)
      expect(toQuiltError('browse', error)).toMatchObject({ name: 'BackendError', detail: { code: 'timeout' }, cause: error });
  });
});

describe('registerDocuments', () => {
  const withFiles = <T>(files: Record<string, string>, work: (folder: string) => T): T => {
    const folder = mkdtempSync(join(tmpdir(), 'crosscheck-documents-'));
    try {
      for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
      return work(folder);
    } finally {
      rmSync(folder, { recursive: true });
    }
  };

  test('gives each operation the fragments it needs, in the words of the files', () => {
    const files = {
      'a.graphql': '# note\nquery A { policies { ...Deep } }\nmutation B { admin { __typename } }\n',
      'fragments.graphql': 'fragment Deep on Policy { ...Flat }\nfragment Flat on Policy { id }\nfragment Unused on Policy { arn }',
      'notes.txt': 'query C { x }',
    };
    const set = withFiles(files, registerDocuments);
    expect(set.documents.map(({ name, kind, line }) => [name, kind, line])).toEqual([
      ['A', 'query', 2],
      ['B', 'mutation', 3],
    ]);
    expect(set.get('A').text).toBe(
      'query A { policies { ...Deep } }\n\nfragment Deep on Policy { ...Flat }\n\nfragment Flat on Policy { id }',
    );
    expect([set.has(set.get('A').text), set.has('query A { policies { id } }')]).toEqual([true, false]);
    expect(() => set.get('C')).toThrow('document C: expected one of A, B, got none of them');
  });

  test('says which file is wrong', () => {
    const said = (files: Record<string, string>) => () => withFiles(files, registerDocuments);
    expect(said({ 'a.graphql': 'query {' })).toThrow(/a\.graphql: expected a GraphQL document, got Syntax Error/);
    expect(said({ 'a.graphql': '{ x }' })).toThrow(/a\.graphql: expected an operation with a name of its own, got ""/);
    expect(said({ 'a.graphql': 'query A { x }', 'b.graphql': 'query A { y }' })).toThrow(/b\.graphql: .*got "A"/);
    expect(said({ 'a.graphql': 'query A { ...F }' })).toThrow(/a\.graphql: expected a fragment F in the folder, got none/);
    expect(said({ 'a.graphql': 'fragment F on A { x }', 'b.graphql': 'fragment F on A { y }' })).toThrow(
      /b\.graphql: expected one fragment F/,
    );
  });
});

describe('introspectContract', () => {
  const registry = (answer: (query: string) => unknown) =>
    scriptedServer((request, response) => response.end(JSON.stringify(answer(JSON.parse(request.text).query))));

  test('asks what the server knows, then for all of it', async () => {
    await using server = await registry((source) => graphqlSync({ schema: sampleContract.schema, source }));
    await using door = doorTo(server.origin, null);
    const { contract, introspection } = await introspectContract(door, { url: server.origin, token: () => null });
    expect(contract.hash).toBe(sampleContract.hash);
    expect(contractFromIntrospection(introspection, 'copy').hash).toBe(sampleContract.hash);
    expect(server.seen).toHaveLength(2);
    expect(door.exchanges.map((one) => one.operation)).toEqual(['IntrospectionProbe', 'IntrospectionQuery']);
  });

  test('a server that refuses the probe is asked the plain question', async () => {
    await using server = await registry((source) =>
      source.includes('IntrospectionProbe')
        ? { errors: [{ message: 'too complex' }] }
        : graphqlSync({ schema: sampleContract.schema, source }),
    );
    await using door = doorTo(server.origin, null);
    expect((await introspectContract(door, { url: server.origin, token: () => null })).contract.schema.getType('Policy')).toBeDefined();
  });

  test('says what came in place of a schema, and where from', async () => {
    const said = async (status: number, body: string) => {
      await using server = await scriptedServer((_, response) => response.writeHead(status).end(body));
      await using door = doorTo(server.origin, null);
      return await introspectContract(door, { url: `${server.origin}/graphql`, token: () => null }).then(String, (error: Error) =>
        error.message.replace(server.origin, ''),
      );
    };
    expect(await said(200, '<!doctype html>')).toBe('/graphql: introspection: expected a schema, got HTML beginning "<!doctype html>"');
    expect(await said(401, '{"message":"who are you"}')).toBe('/graphql: introspection: expected 200, got 401 ({"message":"who are you"})');
    expect(await said(400, '{"errors":[{"message":"introspection is disabled"}]}')).toContain('got 400 (introspection is disabled)');
  });
});
