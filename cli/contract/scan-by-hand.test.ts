import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buildSchema, graphqlSync } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { scanByHand } from './scan-by-hand.ts';
import { type ScanOptions, scanCommand } from './scan-options.ts';

const dir = mkdtempSync(join(tmpdir(), 'crosscheck-hand-'));
const schema = buildSchema('input In { n: Int! } enum E { A } type Query { a(in: In): Int  e: E! } type Mutation { m: Int }');
const asked: string[] = [];
const server = createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += chunk;
  const { query, variables } = JSON.parse(body);
  if (!/__type|__schema/.test(query)) asked.push(query);
  const answer = query.includes('answersWrong')
    ? { data: { e: 'B' } }
    : graphqlSync({ schema, source: query, variableValues: variables, rootValue: { a: 1, m: 2, e: 'A' } });
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
});
let url = '';
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
});
afterAll(() => {
  server.close();
  rmSync(dir, { recursive: true, force: true });
});

async function run(document: string, ...argv: string[]): Promise<{ exit: number; out: string }> {
  let out = '';
  const command = scanCommand(dir).exitOverride();
  command.action(() => {}).parse(['-', '--schema', `live=${url}`, ...argv], { from: 'user' });
  const exit = await scanByHand(command.args, command.opts<ScanOptions>(), Readable.from([document]), (text) => {
    out += text;
  });
  return { exit, out };
}
const variables = (text: string) => {
  writeFileSync(join(dir, 'v.json'), text);
  return ['--variables', join(dir, 'v.json')];
};

describe('contract scan -', () => {
  test('says whether the schema accepts document and variables', async () => {
    const before = asked.length;
    const good = await run('query Q($in: In) { a(in: $in) }', ...variables('{ "in": { "n": 1 } }'));
    expect(good.exit).toBe(0);
    expect(good.out).toContain('live: accepts it');
    const bad = await run('query Q($in: In) { a(in: $in) }', ...variables('{\n  "in": { "m": 1 }\n}'));
    expect(bad.exit).toBe(1);
    expect(bad.out).toContain('v.json:2:11 error unknown-input-field in Q');
    expect(bad.out).toContain('v.json:2:3 error missing-input-field in Q');
    expect(bad.out).toContain('live: does not accept it');
    expect((await run('query Q($in: In!) {\n a(in: $in) }')).out).toContain('<stdin>:1:9 error missing-variable');
    expect(asked.length).toBe(before);
  });

  test('sends what fits, and judges the answer', async () => {
    const sent = JSON.parse((await run('query Q { a }', '--send', '--json')).out);
    expect([sent.accepted, sent.sent.data]).toEqual([{ live: true }, { a: 1 }]);
    const wrong = await run('query answersWrong { e }', '--send');
    expect(wrong.exit).toBe(1);
    expect(wrong.out).toContain('<stdin>:1:22 error unknown-enum-value in answersWrong');
    expect(wrong.out).toContain('answered 200\n{"data":{"e":"B"}}');
    const before = asked.length;
    expect((await run('{ nothing }', '--send')).exit).toBe(1);
    expect(asked.length).toBe(before);
  });

  test('a mutation is sent only when told', async () => {
    await expect(run('mutation { m }', '--send')).rejects.toThrow('expected a query, or --writes with it, got a mutation');
    expect((await run('mutation { m }', '--send', '--writes')).out).toContain('{"data":{"m":2}}');
  });

  test('wrong calls say what was expected', async () => {
    await expect(run('{ a }', '--watch')).rejects.toThrow('--watch: expected a path');
    await expect(run('{ a }', ...variables('{'))).rejects.toThrow('expected JSON');
    await expect(run('{ a }', ...variables('[1]'))).rejects.toThrow('expected a JSON object, got [1]');
    await expect(run('query A { a } query B { a }')).rejects.toThrow('--operation: expected one of A, B, got none');
    expect((await run('query A { a } query B { a }', '--operation', 'B')).exit).toBe(0);
    expect((await run('{ a', '--json')).exit).toBe(1);
  });
});
