import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { graphqlSync, introspectionFromSchema, printSchema } from 'graphql';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { ContractError } from '../../schemas/contract-error.ts';
import { sampleContract } from '../../schemas/sample-schema.ts';
import { stubFinders } from '../../schemas/scan/stub-language.ts';
import { scanOnce } from './scan.ts';
import { type ScanOptions, scanCommand } from './scan-options.ts';

const dir = mkdtempSync(join(tmpdir(), 'crosscheck-scan-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const put = (path: string, text: string | Buffer): string => {
  const whole = join(dir, path);
  mkdirSync(join(whole, '..'), { recursive: true });
  writeFileSync(whole, text);
  return whole;
};
const sdl = put('schema.sdl', printSchema(sampleContract.schema));
const introspection = put('schema.json', JSON.stringify({ data: introspectionFromSchema(sampleContract.schema) }));
const older = put('older.sdl', printSchema(sampleContract.schema).replaceAll('title', 'name'));

/** Runs the command's action as the command line would, with a language of the tests' own. */
async function run(...argv: string[]): Promise<{ exit: number; out: string }> {
  let out = '';
  let exit = -1;
  const command = scanCommand(join(dir, 'cache')).exitOverride();
  command.action(async (paths: string[], options: ScanOptions) => {
    exit = await scanOnce(paths, options, {
      finders: stubFinders,
      write(text) {
        out += text;
      },
    });
  });
  await command.parseAsync(argv, { from: 'user' });
  return { exit, out };
}
const json = async (...argv: string[]) => JSON.parse((await run(...argv, '--format', 'json')).out);

const good = put('good/a.graphql', 'query A { policies { id title } }');
const bad = put('bad/a.graphql', 'query A {\n  policies { id name }\n}\n');

describe('contract scan', () => {
  test('exit codes', async () => {
    expect((await run(good, '--schema', sdl)).exit).toBe(0);
    expect((await run(bad, '--schema', sdl)).exit).toBe(1);
    expect((await run(bad, '--schema', sdl, '--rule', 'FieldsOnCorrectTypeRule=warning')).exit).toBe(0);
    expect((await run(bad, '--schema', sdl, '--rule', 'FieldsOnCorrectTypeRule=off')).exit).toBe(0);
    expect((await run(put('open/a.stub', '- { name: query, unresolved: call }'), '--schema', sdl)).exit).toBe(1);
    // A file without any document: nothing was judged.
    expect((await run(put('none/a.stub', '[]'), '--schema', sdl)).exit).toBe(2);
    await expect(run(put('other/a.txt', ''), '--schema', sdl)).rejects.toThrow('expected a file of .stub, .graphql, got another');
    await expect(run(join(dir, 'other'), '--schema', sdl)).rejects.toThrow('expected a file of .stub, .graphql, got none');
    await expect(run(join(dir, 'nowhere'), '--schema', sdl)).rejects.toThrow('expected a file or a folder, got nothing there');
    await expect(run(good, '--schema', sdl, '--schema', sdl)).rejects.toThrow('twice');
    await expect(run(good, '--schema', 'http://me:secret@127.0.0.1/graphql')).rejects.toThrow(
      'expected a URL without user or password, got one;',
    );
    await expect(run(good, '--schema', sdl, '--rule', 'x=off')).rejects.toThrow('expected the id of a rule');
    await expect(run(good, '--schema', sdl, '--send')).rejects.toThrow('expected - as the path');
  });

  test('the JSON is the one of the design', async () => {
    const first = await json(join(dir, 'bad'), '--schema', `now=${sdl}`);
    expect(first).toEqual({
      version: 1,
      documents: 1,
      unresolved: [],
      violations: [
        {
          file: bad,
          line: 2,
          column: 17,
          operation: 'A',
          name: bad,
          rule: 'FieldsOnCorrectTypeRule',
          severity: 'error',
          schema: 'now',
          message: 'Cannot query field "name" on type "Policy"; did you mean "title"?',
        },
      ],
      waived: [],
      files: 1,
      schemas: ['now'],
      operations: [{ file: bad, line: 1, column: 1, operation: 'A', schemas: { now: 'error' } }],
    });
    // From the cache, and without it.
    expect(await json(join(dir, 'bad'), '--schema', `now=${sdl}`)).toEqual(first);
    expect(await json(join(dir, 'bad'), '--schema', `now=${sdl}`, '--no-cache')).toEqual(first);
  });

  test('many schemas in one pass: each operation against each', async () => {
    const { operations, violations } = await json(
      bad,
      '--schema',
      `now=${sdl}`,
      '--schema',
      `old=${older}`,
      '--schema',
      `live=${introspection}`,
    );
    expect(operations[0].schemas).toEqual({ now: 'error', old: 'fits', live: 'error' });
    expect(violations.map(({ schema }: { schema: string }) => schema)).toEqual(['now', 'live']);
    const { out } = await run(bad, '--schema', `now=${sdl}`, '--schema', `old=${older}`);
    expect(out).toContain('by now\n');
    expect(out).toMatch(/operation .* now +old\nA \(.*a\.graphql:1\) +error +fits/);
  });

  test('what is wrong with a fragment is so for every operation of its document', async () => {
    const two = put('two/a.graphql', 'query A { policies { ...F } } query B { policies { ...F } } fragment F on Policy { nome }');
    const { operations } = await json(two, '--schema', `now=${sdl}`);
    expect(operations.map(({ operation, schemas }: { operation: string; schemas: object }) => [operation, schemas])).toEqual([
      ['A', { now: 'error' }],
      ['B', { now: 'error' }],
    ]);
  });

  test('waivers accept, and are violations when they accept nothing', async () => {
    const entry = (name: string, expires: string) =>
      put('w.yaml', `- { file: '${bad}', name: ${name}, rule: FieldsOnCorrectTypeRule, because: known, owner: me, expires: ${expires} }`);
    expect((await run(bad, '--schema', sdl, '--waivers', entry('A', '9999-01-01'))).exit).toBe(0);
    const unused = await run(bad, '--schema', sdl, '--waivers', entry('B', '9999-01-01'));
    expect(unused.exit).toBe(1);
    expect(unused.out).toContain('w.yaml:1:3 error waiver-unused');
    expect((await run(bad, '--schema', sdl, '--waivers', entry('A', '2020-01-01'))).out).toContain('waiver-expired');
  });

  test('files that cannot be read are said, not left out', async () => {
    const files = join(dir, 'odd');
    put('odd/binary.stub', Buffer.from('query\0'));
    put('odd/latin.stub', Buffer.from('"query \xe9"', 'latin1'));
    put('odd/huge.stub', Buffer.alloc(50 * 1024 * 1024, 'query '));
    put('odd/node_modules/a.stub', '- { name: query, unresolved: call }');
    const { unresolved } = await json(files, '--schema', sdl);
    expect(unresolved.map(({ file, reason }: { file: string; reason: string }) => `${file.slice(files.length + 1)} ${reason}`)).toEqual([
      'binary.stub encoding',
      'huge.stub too-large',
      'latin.stub encoding',
    ]);
    if (process.getuid?.() !== 0) {
      chmodSync(put('shut/a.stub', '[]'), 0);
      expect((await json(join(dir, 'shut'), '--schema', sdl)).unresolved[0].reason).toBe('unreadable');
    }
  });

  test('a schema that is none: one error that says how to go on', async () => {
    const refused = async (schema: string) => {
      const error: unknown = await run(good, '--schema', schema).then(
        () => null,
        (thrown: unknown) => thrown,
      );
      expect(error).toBeInstanceOf(ContractError);
      return (error as Error).message;
    };
    expect(await refused(put('html.graphql', '<!doctype html><p>Sign in'))).toContain('got HTML beginning');
    const half = JSON.stringify({ data: introspectionFromSchema(sampleContract.schema) });
    expect(await refused(put('half.json', half.slice(0, half.length / 2)))).toContain('introspection: expected JSON');
    expect(await refused(join(dir, 'nothing.sdl'))).toContain('expected a readable file or a URL, got ENOENT');
    for (const [status, body] of [
      [400, '{"errors":[{"message":"GraphQL introspection is not allowed"}]}'],
      [200, '{"errors":[{"message":"GraphQL introspection is not allowed"}],"data":null}'],
      [200, '<html>Sign in</html>'],
      [200, half.slice(0, half.length / 2)],
    ] as const) {
      const message = await refused(await serve(() => ({ status, body })));
      expect(message).toContain('name an SDL file in its place'.replace('an SDL file', 'a file'));
      expect(message).toContain('SDL');
    }
    expect(await refused('http://127.0.0.1:9/graphql')).toContain('ECONNREFUSED');
  });

  test('a live schema, asked with the token that is named for it alone', async () => {
    const seen: (string | undefined)[] = [];
    const url = await serve((body, token) => {
      seen.push(token);
      return { status: 200, body: JSON.stringify(graphqlSync({ schema: sampleContract.schema, source: JSON.parse(body).query })) };
    });
    process.env['SCAN_TEST_TOKEN'] = 'abcdefgh12345';
    expect((await run(bad, '--schema', `live=${url}`, '--token-env', 'SCAN_TEST_TOKEN')).exit).toBe(1);
    expect(new Set(seen)).toEqual(new Set(['Bearer abcdefgh12345']));
    const two = ['--schema', `a=${url}`, '--schema', `b=${url}/b`];
    await expect(run(bad, ...two, '--token-env', 'SCAN_TEST_TOKEN')).rejects.toThrow('expected NAME=VARIABLE with one of a, b');
    await expect(run(bad, '--schema', sdl, '--token-env', 'SCAN_TEST_TOKEN')).rejects.toThrow('expected a schema with a URL');
    await expect(run(bad, '--schema', url, '--token-env', 'SCAN_TEST_NONE')).rejects.toThrow('expected to be set, got nothing');
  });
});

/** A server that answers every POST; its URL. */
async function serve(
  answer: (body: string, token: string | undefined) => { readonly status: number; readonly body: string },
): Promise<string> {
  const server = createServer(async (request, response) => {
    let asked = '';
    for await (const chunk of request) asked += chunk;
    const { status, body } = answer(asked, request.headers.authorization);
    response.writeHead(status, { 'content-type': body.startsWith('<') ? 'text/html' : 'application/json' }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
}
