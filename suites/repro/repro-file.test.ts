import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readReproFile } from './repro-file.ts';

let dir: string;
let file: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'repro-file-'));
  file = join(dir, 'repro.json');
});
afterEach(() => rmSync(dir, { recursive: true }));

/** The message, without the folder. */
function refusalOf(path = file): string {
  try {
    readReproFile(path);
    return 'none';
  } catch (error) {
    const { name, message } = error as Error;
    return `${name}: ${message.replaceAll(dir, 'DIR')}`;
  }
}

test('a file that is not there, and a folder', () => {
  expect(refusalOf()).toBe('ReplayError: DIR/repro.json: expected a file of `crosscheck repro`, got ENOENT');
  expect(refusalOf(dir)).toBe('ReplayError: DIR: expected a file of `crosscheck repro`, got a folder or a device');
});

test('an empty file, and one that was half written', () => {
  writeFileSync(file, '');
  expect(refusalOf()).toBe('ReplayError: DIR/repro.json: expected JSON, got an empty file');
  writeFileSync(file, '{"version":2,"id":"parity/x","cas');
  expect(refusalOf()).toMatch(/^ReplayError: DIR\/repro.json: expected JSON, got .*\(33 characters read\)$/);
});

test('200 MB are refused by their size alone', () => {
  writeFileSync(file, '{');
  truncateSync(file, 200 * 1024 * 1024);
  const from = performance.now();
  expect(refusalOf()).toBe('ReplayError: DIR/repro.json: size: expected at most 67108864 bytes, got 209715200');
  expect(performance.now() - from).toBeLessThan(100);
});

test('another version, none, and a field of another type', () => {
  writeFileSync(file, '{"version":1}');
  expect(refusalOf()).toBe('ReplayError: DIR/repro.json: version: expected 2, got 1; write it anew with `npx crosscheck repro CASE`');
  writeFileSync(file, '[]');
  expect(refusalOf()).toContain('version: expected 2, got none');
  writeFileSync(file, '{"version":2,"id":"parity/x","seed":"one","cases":[]}');
  expect(refusalOf()).toMatch(/^ReplayError: DIR\/repro.json: expected a file of `crosscheck repro`: seed: .*number.*cases: .*recording: /);
});
