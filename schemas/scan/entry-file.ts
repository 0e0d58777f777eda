/** Files of a cache: whole or not there, whoever writes at the same time and whenever a process is killed. */
import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { SourceFile } from '../inventory/source-file.ts';

/** SHA-256, hex. */
export const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

const hashes = new WeakMap<SourceFile, string>();

/** Hash of a file's text; null for a file that is not there. */
export function hashOfFile(file: SourceFile | null): string | null {
  if (file === null) return null;
  const known = hashes.get(file) ?? hashOf(file.text);
  hashes.set(file, known);
  return known;
}

/** What was written, or null when it is not there, half there, or something else. The first line is the hash of the rest. */
export function readEntry(path: string): string | null {
  try {
    const text = readFileSync(path, 'utf8');
    const end = text.indexOf('\n');
    const body = text.slice(end + 1);
    return text.slice(0, end) === hashOf(body) ? body : null;
  } catch {
    return null;
  }
}

/** Writes it beside, then puts it in place. False when it cannot: a cache that cannot be written is none. */
export function writeEntry(path: string, body: string): boolean {
  const half = `${path}.${process.pid}-${randomBytes(4).toString('hex')}.half`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(half, `${hashOf(body)}\n${body}`);
    renameSync(half, path);
    return true;
  } catch {
    removeQuietly(half);
    return false;
  }
}

/** `force` forgives a file that is not there, but not a folder that is none. */
function removeQuietly(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // There is nothing to remove below what is no folder.
  }
}
