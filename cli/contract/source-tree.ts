/** The files below the paths of a command line, as text: what cannot be read is said, never left out. */
import { type Dirent, existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { finders as allFinders, extensionOf, type Finders } from '../../schemas/inventory/finders.ts';
import type { Unresolved } from '../../schemas/inventory/found.ts';
import { skipped, SourceTree as TreeReader } from '../../schemas/inventory/read-tree.ts';
import type { SourceFile } from '../../schemas/inventory/source-file.ts';
import type { FoundInTree, SourceTree } from '../../schemas/scan/scan.ts';
import { UsageError } from '../failure.ts';

/** Files with a finder that may hold GraphQL, sorted; a path that is a file must have one. Throws UsageError. */
export function openSourceTree(paths: readonly string[], finders: Finders): SourceTree {
  for (const path of paths) {
    if (!existsSync(path)) throw new UsageError(`${path}: expected a file or a folder, got nothing there`);
    if (statSync(path).isFile() && !finders[extensionOf(path)])
      throw new UsageError(`${path}: expected a file of ${Object.keys(finders).join(', ')}, got another`);
  }
  const reader = new TreeReader('.', (path) => finders[extensionOf(path)] !== undefined);
  // Held as long as the scan lasts, since the reader itself lets go of them.
  const files: SourceFile[] = [];
  const unreadable: Unresolved[] = [];
  for (const entry of reader.entries(paths)) {
    if ('unresolved' in entry) unreadable.push(entry.unresolved);
    else files.push(entry.file);
  }
  if (reader.seen === 0 && unreadable.length === 0)
    throw new UsageError(`${paths.join(', ')}: expected a file of ${Object.keys(finders).join(', ')}, got none`);
  return { paths: files.map(({ path }) => path), unreadable, read: (path) => reader.read(slashes(path)) };
}

/** What the sources below the paths hold, for the commands that ask who uses what. Throws UsageError. */
export async function findBelow(paths: readonly string[]): Promise<FoundInTree> {
  const { findAll } = await import('../../schemas/scan/scan.ts');
  return findAll(openSourceTree(paths, allFinders), allFinders);
}

/** The folders that hold the files of `openSourceTree`, or may come to hold some; of a path that is a file, its own. */
export function sourceFolders(paths: readonly string[]): readonly string[] {
  const folders = new Set<string>();
  const enter = (folder: string): void => {
    folders.add(folder);
    for (const entry of entriesOf(folder)) if (entry.isDirectory() && !skipped.test(entry.name)) enter(slashes(join(folder, entry.name)));
  };
  for (const path of paths.map(slashes)) {
    const status = statSync(path, { throwIfNoEntry: false });
    if (status?.isDirectory()) enter(path);
    else if (status !== undefined) folders.add(dirname(path));
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
