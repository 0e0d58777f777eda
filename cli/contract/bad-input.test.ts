/** Bad input through `contract scan`, with the finders of every language: a clear error or a listed finding within 5 s, never a crash, a hang or a silent skip. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { introspectionFromSchema, printSchema } from 'graphql';
import { afterAll, expect, test } from 'vitest';
import { finders } from '../../schemas/inventory/finders.ts';
import { sampleContract } from '../../schemas/sample-schema.ts';
import { scanOnce } from './scan.ts';
import { type ScanOptions, scanCommand } from './scan-options.ts';

const WITHIN_MS = 5_000;
const dir = mkdtempSync(join(tmpdir(), 'crosscheck-bad-input-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function put(path: string, content: string | Buffer): string {
  const whole = join(dir, path);
  mkdirSync(dirname(whole), { recursive: true });
  writeFileSync(whole, content);
  return whole;
}
const sdl = put('schema.sdl', printSchema(sampleContract.schema));

interface Said {
  readonly exit: number;
  readonly documents: number;
  /** `file:line rule` of violations and `file:line reason` of what is not resolved. */
  readonly said: readonly string[];
}

interface ScanJson {
  readonly documents: number;
  readonly violations: readonly { readonly file: string; readonly line: number; readonly rule: string }[];
  readonly unresolved: readonly { readonly file: string; readonly line: number; readonly reason: string; readonly message: string }[];
}

/** Scans a folder of the test's as the command line does; no answer may be a defect's own. */
async function scanFolder(path: string, schema = sdl): Promise<Said> {
  let out = '';
  let exit = -1;
  const command = scanCommand(join(dir, 'cache')).exitOverride();
  const write = (text: string) => {
    out += text;
  };
  command.action(async (paths: string[], options: ScanOptions) => {
    exit = await scanOnce(paths, options, { finders, write });
  });
  await command.parseAsync([join(dir, path), '--schema', schema, '--format', 'json', '--no-cache'], { from: 'user' });
  const { documents, violations, unresolved }: ScanJson = JSON.parse(out);
  expect(unresolved.filter(({ message }) => message.includes('defect'))).toEqual([]);
  const short = (file: string) => file.slice(join(dir, path).length + 1);
  const said = [
    ...violations.map((one) => `${short(one.file)}:${one.line} ${one.rule}`),
    ...unresolved.map((one) => `${short(one.file)}:${one.line} ${one.reason}`),
  ];
  return { exit, documents, said: said.sort() };
}

const wrongQuery = 'query A { policies { nome } }';
const python = `from gql import gql\nclient.execute(gql("""${wrongQuery}"""))\n`;
const typescript = `client.request(gql\`${wrongQuery}\`);\n`;
const extensions = ['graphql', 'py', 'ts'] as const;
const sources = { graphql: wrongQuery, py: python, ts: typescript } as const;

test('a file of 50 MB is listed in every language, and its neighbours are judged', { timeout: WITHIN_MS }, async () => {
  const large = Buffer.alloc(50 * 1024 * 1024, 'query { policies { id } }\n');
  for (const extension of extensions) put(`large/huge.${extension}`, large);
  put('large/near.graphql', wrongQuery);
  expect(await scanFolder('large')).toEqual({
    exit: 1,
    documents: 1,
    said: ['huge.graphql:1 too-large', 'huge.py:1 too-large', 'huge.ts:1 too-large', 'near.graphql:1 FieldsOnCorrectTypeRule'],
  });
});

test.each([
  ['binary', (text: string) => Buffer.from(`${text}\0\x01\x02`), 'encoding'],
  ['latin-1', (text: string) => Buffer.from(`${text}# \xe9\xff`, 'latin1'), 'encoding'],
])('%s is listed in every language', { timeout: WITHIN_MS }, async (name, made, reason) => {
  for (const extension of extensions) put(`${name}/odd.${extension}`, made(sources[extension]));
  const { exit, said } = await scanFolder(name);
  expect(exit).toBe(1);
  expect(said).toEqual(extensions.map((extension) => `odd.${extension}:1 ${reason}`).sort());
});

test('UTF-16 is listed or read, and never skipped', { timeout: WITHIN_MS }, async () => {
  for (const extension of extensions) put(`utf16/odd.${extension}`, Buffer.from(`\uFEFF${sources[extension]}`, 'utf16le'));
  const { exit, said } = await scanFolder('utf16');
  expect(exit).toBe(1);
  expect(said.map((one) => one.split(':')[0]).sort()).toEqual(['odd.graphql', 'odd.py', 'odd.ts']);
});

test('a syntax error is listed at its line in every language', { timeout: WITHIN_MS }, async () => {
  put('syntax/a.py', `from gql import gql\ndef broken(:\n    return gql("""${wrongQuery}""")\n`);
  put('syntax/b.ts', `const = gql\`${wrongQuery}\`;\n`);
  put('syntax/c.graphql', 'query A {\n  policies { id\n');
  const { exit, said } = await scanFolder('syntax');
  expect(exit).toBe(1);
  expect(new Set(said.map((one) => one.split(':')[0]))).toEqual(new Set(['a.py', 'b.ts', 'c.graphql']));
  expect(said).toContain('a.py:2 syntax');
});

test('files that import each other end, and what they hold is judged', { timeout: WITHIN_MS }, async () => {
  put(
    'cycle/a.py',
    `from b import FIELDS, B\nA = B\nclient.execute(gql("query A { policies { " + FIELDS + " } }"))\nclient.execute(gql(A))\n`,
  );
  put('cycle/b.py', `from a import A\nFIELDS = "nome"\nB = A\n`);
  put(
    'cycle/a.ts',
    `import { FIELDS, B } from './b';\nexport const A = B;\nclient.request(gql\`query A { policies { \${FIELDS} } }\`);\nclient.request(gql(A));\n`,
  );
  put('cycle/b.ts', `import { A } from './a';\nexport const FIELDS = 'nome';\nexport const B = A;\n`);
  const { exit, said } = await scanFolder('cycle');
  expect(exit).toBe(1);
  expect(said.filter((one) => one.endsWith('FieldsOnCorrectTypeRule')).map((one) => one.split(':')[0])).toEqual(['b.py', 'b.ts']);
  expect(said).toContain('a.py:4 cyclic');
  expect(said).toContain('a.ts:4 cyclic');
});

test('a hostile document of depth 10,000 is one finding in every language', { timeout: WITHIN_MS }, async () => {
  const deep = `query Deep ${'{ a '.repeat(10_000)}${'}'.repeat(10_000)}`;
  put('deep/a.graphql', deep);
  put('deep/b.py', `client.execute(gql("""${deep}"""))\n`);
  put('deep/c.ts', `client.request(gql\`${deep}\`);\n`);
  put('deep/list.graphql', `query List { role(by: ${'['.repeat(10_000)}${']'.repeat(10_000)}) { id } }`);
  // The TypeScript file itself nests too deep for its parser to be asked.
  expect(await scanFolder('deep')).toMatchObject({
    exit: 1,
    said: ['a.graphql:1 document-limits', 'b.py:1 document-limits', 'c.ts:1 syntax', 'list.graphql:1 document-limits'],
  });
});

test.each([
  ['HTML', '<!doctype html><title>Sign in</title>', 'expected a schema, got HTML'],
  ['half an introspection', half(), 'introspection: expected JSON'],
  ['an introspection without its types', '{"data":{"__schema":{"queryType":{"name":"Query"}}}}', 'types: expected a list of types'],
  ['binary', '\0\x01\x02', 'SDL: expected a schema'],
  ['nothing', '', 'expected type definitions, got nothing'],
  ['SDL of depth 10,000', `type Query { a: ${'['.repeat(10_000)}Int${']'.repeat(10_000)} }`, 'SDL: expected a schema'],
])('a schema that is %s is one clear error', { timeout: WITHIN_MS }, async (name, text, says) => {
  put('good/a.graphql', 'query A { policies { id } }');
  await expect(scanFolder('good', put(`schemas/${name.replaceAll(/\W/g, '-')}`, text))).rejects.toThrow(says);
});

function half(): string {
  const whole = JSON.stringify({ data: introspectionFromSchema(sampleContract.schema) });
  return whole.slice(0, whole.length / 2);
}
