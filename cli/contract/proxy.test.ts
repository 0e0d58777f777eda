import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { scriptedServer } from '../../backends/wire/scripted-server.ts';
import { startContractProxy } from '../../fixtures/contract-proxy-child.ts';

test('judges by a file, refuses with --fail, records, and ends on Ctrl-C with a summary and exit 1', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'crosscheck-proxy-'));
  await using server = await scriptedServer((_request, response) => response.end('{"data":{"a":1}}'));
  const schema = join(dir, 'schema.graphql');
  writeFileSync(schema, 'type Query { a: Int }');
  writeFileSync(schema.replace('schema', 'source'), '{ a }\n');
  await using proxy = startContractProxy([
    '--to',
    server.origin,
    '--schema',
    schema,
    '--fail',
    '--record',
    join(dir, 'seen'),
    '--used',
    schema.replace('schema', 'source'),
    '--json',
  ]);
  const ask = async (query: string) =>
    (await fetch(`${await proxy.url}/graphql`, { method: 'POST', body: JSON.stringify({ query }) })).status;
  expect([await ask('{ a }'), await ask('{ b }')]).toEqual([200, 400]);
  const { code, summary, stderr } = await proxy.end();
  expect(code).toBe(1);
  expect(summary).toMatchObject({ version: 1, requests: 2, documents: 2, answers: 1, refused: 1 });
  expect(summary).toMatchObject({ sources: { operations: 1, unsourced: [{ operation: 'anonymous', count: 1 }], unsent: [] } });
  expect(stderr).toContain('VIOLATION anonymous, document: Cannot query field "b" on type "Query"');
  expect(readFileSync(join(dir, 'seen/exchanges.ndjson'), 'utf8').trimEnd().split('\n')).toHaveLength(2);
  rmSync(dir, { recursive: true });
});

test('a server that does not tell its schema is one clear error, which names the way out', async () => {
  await using server = await scriptedServer((_request, response) =>
    response.writeHead(400, { 'content-type': 'application/json' }).end('{"errors":[{"message":"introspection is off"}]}'),
  );
  const { code, stderr } = await startContractProxy(['--to', `${server.origin}/graphql`]).ended;
  expect(code).toBe(2);
  expect(stderr).toBe(
    `crosscheck: ${server.origin}/graphql: introspection: expected 200, got 400 (introspection is off); where introspection is off, name a file in its place: --schema NAME=FILE, SDL or an introspection answer\n`,
  );
});

test.each([
  ['a server that is down', ['--to', 'http://127.0.0.1:9/graphql'], 'http://127.0.0.1:9/graphql: expected a schema, got '],
  ['no URL', ['--to', 'localhost:80'], '--to: expected an http or https URL, got "localhost:80"'],
  [
    'no file',
    ['--to', 'http://127.0.0.1:9', '--schema', 'not-here.graphql'],
    'not-here.graphql: expected a readable file or a URL, got ENOENT',
  ],
  [
    'no token',
    ['--to', 'http://127.0.0.1:9', '--token-env', 'NOT_SET'],
    '--token-env NOT_SET: environment variable NOT_SET: expected to be set, got nothing',
  ],
])('%s is one clear error and exit 2', async (_what, args, says) => {
  const { code, stderr } = await startContractProxy(args).ended;
  expect(code).toBe(2);
  expect(stderr.trim().split('\n')).toEqual([expect.stringContaining(`crosscheck: ${says}`)]);
});
