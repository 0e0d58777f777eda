import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { stubFinders } from '../../schemas/scan/stub-language.ts';
import { type ScanOptions, scanCommand } from './scan-options.ts';
import { watchScan } from './watch-scan.ts';

const dir = mkdtempSync(join(tmpdir(), 'crosscheck-watch-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

test('scans again after each change of source, schema or a new folder, and ends clean', async () => {
  const put = (path: string, text: string) => writeFileSync(join(dir, path), text);
  mkdirSync(join(dir, 'src'));
  put('src/a.graphql', '{ a }');
  put('schema.sdl', 'type Query { a: Int }');
  const quiet = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const command = scanCommand(join(dir, 'cache'));
  // Its cache lies in what is watched, and must not keep it going.
  command.parse(['--schema', join(dir, 'schema.sdl'), '--cache-dir', join(dir, 'src/cache'), '--json', dir], { from: 'user' });
  const seen: string[] = [];
  let next = () => {};
  const scanned = () => new Promise<void>((resolve) => (next = resolve));
  const ended = new AbortController();
  const write = (text: string) => {
    const { violations, documents } = JSON.parse(text);
    seen.push(`${documents} ${violations.map(({ rule }: { rule: string }) => rule).join()}`);
    next();
  };
  let wait = scanned();
  const done = watchScan([join(dir, 'src')], command.opts<ScanOptions>(), ended.signal, { finders: stubFinders, write });
  const step = async (change: () => void) => {
    await wait;
    wait = scanned();
    change();
  };
  await step(() => put('src/a.graphql', '{ b }'));
  await step(() => put('schema.sdl', 'type Query { b: Int }'));
  await step(() => mkdirSync(join(dir, 'src/new')));
  await step(() => put('src/new/c.graphql', '{ c }'));
  await wait;
  ended.abort();
  expect(await done).toBe(1);
  quiet.mockRestore();
  expect([seen[0], seen.includes('1 FieldsOnCorrectTypeRule'), seen.at(-1)]).toEqual(['1 ', true, '2 FieldsOnCorrectTypeRule']);
  // One change is one scan, or two where its events come far apart.
  expect(seen.length).toBeLessThanOrEqual(9);
});
