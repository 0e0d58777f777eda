/** The files below the paths of a command line, as text: what cannot be read is said, never left out. */
import { type Dirent, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { extensionOf, type Finders } from '../../schemas/inventory/finders.ts';
import type { Unresolved } from '../../schemas/inventory/found.ts';
import { SourceFile } from '../../schemas/inventory/source-file.ts';
import type { SourceTree } from '../../schemas/scan/scan.ts';
import { UsageError } from '../failure.ts';

/** Folders that hold no source of the project: what was installed or checked out. */
const SKIPPED = new Set(['node_modules', '.git', '.venv', 'venv', '__pycache__', '.tox']);
/** Source written by hand stays far below it. */
const LARGEST_BYTES = 8 * 1024 * 1024;

/** Files with a finder below the paths, sorted; a path that is a file must have one. Throws UsageError. */
export function openSourceTree(paths: readonly string[], finders: Finders): SourceTree {
  const files = new Set<string>();
  const unreadable: Unresolved[] = [];
  for (const path of paths.map(slashes)) {
    const kind = kindOf(path);
    if (kind === null) throw new UsageError(`${path}: expected a file or a folder, got nothing there`);
    if (kind === 'folder') walk(path, finders, files, unreadable);
    else if (finders[extensionOf(path)]) files.add(path);
    else throw new UsageError(`${path}: expected a file of ${Object.keys(finders).join(', ') || 'a known language'}, got another`);
  }
  const known = new Map<string, SourceFile | null>();
  const readOnce = (path: string): SourceFile | null => {
    const before = known.get(path);
    if (before !== undefined) return before;
    const read = readText(path);
    const file = typeof read === 'string' ? new SourceFile(path, read) : null;
    if (typeof read !== 'string' && read !== null && files.has(path)) unreadable.push(trouble(path, read.reason, read.message));
    known.set(path, file);
    return file;
  };
  const sorted = [...files].sort();
  for (const path of sorted) readOnce(path);
  return { paths: sorted, unreadable, read: (path) => readOnce(slashes(path)) };
}

/** The folders that hold the files of `openSourceTree`, or may come to hold some; of a path that is a file, its own. */
export function sourceFolders(paths: readonly string[]): readonly string[] {
  const folders = new Set<string>();
  const enter = (folder: string): void => {
    folders.add(folder);
    for (const entry of entriesOf(folder)) if (entry.isDirectory() && !SKIPPED.has(entry.name)) enter(slashes(join(folder, entry.name)));
  };
  for (const path of paths.map(slashes)) {
    const kind = kindOf(path);
    if (kind === 'folder') enter(path);
    else if (kind === 'file') folders.add(dirname(path));
  }
  return [...folders];
}

function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    // The scan itself says that it cannot be read.
    return [];
  }
}

/** With forward slashes, and without `./` and a slash at the end. */
const slashes = (path: string): string => posix.normalize(path.replaceAll('\\', '/')).replace(/(?<=.)\/+$/, '');

function walk(folder: string, finders: Finders, files: Set<string>, unreadable: Unresolved[]): void {
  let entries: readonly Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    unreadable.push(trouble(folder, 'unreadable', `expected a folder that can be read, got ${codeOf(error)}`));
    return;
  }
  for (const entry of entries) {
    const path = folder === '.' ? entry.name : slashes(join(folder, entry.name));
    if (entry.isDirectory()) {
      if (!SKIPPED.has(entry.name)) walk(path, finders, files, unreadable);
    } else if (finders[extensionOf(entry.name)] && (entry.isFile() || kindOf(path) === 'file')) files.add(path);
  }
}

/** Null where there is nothing. */
function kindOf(path: string): 'file' | 'folder' | null {
  const found = statSync(path, { throwIfNoEntry: false });
  return found === undefined ? null : found.isDirectory() ? 'folder' : 'file';
}

function readText(path: string): string | null | { readonly reason: 'encoding' | 'too-large' | 'unreadable'; readonly message: string } {
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found === undefined || found.isDirectory()) return null;
    if (found.size > LARGEST_BYTES)
      return { reason: 'too-large', message: `expected a file of at most ${LARGEST_BYTES} bytes, got ${found.size}` };
    const bytes = readFileSync(path);
    if (bytes.includes(0)) return { reason: 'encoding', message: 'expected UTF-8 text, got bytes that are no text' };
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return { reason: 'encoding', message: 'expected UTF-8 text, got bytes that are not' };
    return { reason: 'unreadable', message: `expected a file that can be read, got ${codeOf(error)}` };
  }
}

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? String(error);
const trouble = (file: string, reason: Unresolved['reason'], message: string): Unresolved => ({
  place: { file, line: 1, column: 1 },
  name: '<module>',
  reason,
  message,
});
