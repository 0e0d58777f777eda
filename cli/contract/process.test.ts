import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { contractFromText } from '../../schemas/load-contract.ts';

const dir = mkdtempSync(join(tmpdir(), 'crosscheck-contract-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
const put = (name: string, text: string) => {
  writeFileSync(join(dir, name), text);
  return join(dir, name);
};
const main = join(import.meta.dirname, '..', 'crosscheck.mjs');
const run = (args: readonly string[], input = '') => spawnSync(process.execPath, [main, 'contract', ...args], { input, encoding: 'utf8' });

const sdl = put('schema.graphql', 'type Query { b: Int a: [Int!]! }');

test('as a process: JSON alone on stdout, exit 0, 1 and 2', () => {
  const good = run(['scan', '-', '--schema', sdl, '--json'], '{ a }');
  expect([good.status, JSON.parse(good.stdout).violations]).toEqual([0, []]);
  expect(run(['scan', '-', '--schema', sdl], '{ c }').status).toBe(1);
  const html = run(['scan', '-', '--schema', put('sign-in.html', '<html>'), '--format', 'json'], '{ a }');
  expect([html.status, JSON.parse(html.stdout).error]).toEqual([2, expect.stringContaining('got HTML')]);
  expect(html.stderr).not.toContain('    at ');
  expect(run(['scan', dir]).stderr).toContain("required option '--schema");
  expect(run(['scan', dir]).status).toBe(2);
});

test('pull writes sorted SDL that is the same schema', () => {
  const out = join(dir, 'out.graphql');
  expect(run(['pull', sdl, '--out', out]).status).toBe(0);
  expect(readFileSync(out, 'utf8')).toBe('type Query {\n  a: [Int!]!\n  b: Int\n}\n');
  expect(run(['pull', out]).stdout).toBe(readFileSync(out, 'utf8'));
  expect(JSON.parse(run(['pull', sdl, '--json']).stdout)).toEqual({
    version: 1,
    source: sdl,
    hash: contractFromText(readFileSync(out, 'utf8'), out).hash,
    out: null,
    sdl: readFileSync(out, 'utf8'),
  });
  expect(run(['pull', join(dir, 'nothing')]).status).toBe(2);
});
