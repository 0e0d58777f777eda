/** Walks the files and folders that a scan is given, and reads their sources as UTF-8 text. */
import { closeSync, lstatSync, openSync, readdirSync, readFileSync, readSync, realpathSync, statSync } from 'node:fs';
import { posix, resolve } from 'node:path';
import type { Tree, Unresolved } from './found.ts';
import { Ignores } from './ignores.ts';
import { mayHoldGraphql } from './prefilter.ts';
import { SourceFile } from './source-file.ts';

/** Largest file that is read, in bytes. Sources are written by people, or by generators that people still open. */
export const LARGEST = 5 * 1024 * 1024;

const sources = /\.(?:[mc]?[jt]sx?|py|graphql|graphqls|gql)$/;
const graphql = /\.(?:graphql|gql)$/;
/** Folders of what others wrote, or tools. */
export const skipped =
  /^(?:node_modules|\.git|\.hg|\.svn|\.venv|venv|site-packages|__pycache__|\.tox|\.nox|\.mypy_cache|.*\.dist-info|.*\.egg-info)$/;

/** A file of a tree, or why it could not be read. */
export type TreeEntry = { readonly file: SourceFile } | { readonly unresolved: Unresolved };

/** The files below what was named on the command line. */
export class SourceTree implements Tree {
  readonly #base: string;
  readonly #isSource: (path: string) => boolean;
  #seen = 0;
  readonly #read = new Map<string, WeakRef<SourceFile> | null>();

  /**
   * @param base The folder that relative paths begin at.
   * @param isSource Whether a path's name is that of a source.
   */
  constructor(base: string, isSource: (path: string) => boolean = (path) => sources.test(path)) {
    this.#base = base;
    this.#isSource = isSource;
  }

  /** How many sources `entries` has met, those that surely hold no GraphQL included. */
  get seen(): number {
    return this.#seen;
  }

  /** A file by path, the same object as long as anyone has it; null when there is none, or it is no text. */
  read(path: string): SourceFile | null {
    const known = this.#read.get(path);
    const held = known?.deref();
    if (held !== undefined || known === null) return held ?? null;
    const entry = this.#open(path);
    const file = entry !== null && 'file' in entry ? entry.file : null;
    this.#read.set(path, file === null ? null : new WeakRef(file));
    return file;
  }

  /**
   * Every source that may hold GraphQL, sorted by path; one that looks like a source and cannot be read is told in its place. Paths are as they
   * were given, with forward slashes; one given twice, or reached by two links, comes once.
   */
  *entries(paths: readonly string[]): Generator<TreeEntry> {
    const seen = new Set<string>();
    const all = paths.flatMap((path) => [...this.#walk(clean(path), true, new Ignores(resolve(this.#base, path)), seen)]);
    for (const one of all.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))) {
      if (one.unresolved !== undefined) {
        yield { unresolved: one.unresolved };
        continue;
      }
      this.#seen++;
      const known = this.#read.get(one.path)?.deref();
      const entry = known === undefined ? this.#open(one.path) : { file: known };
      if (entry === null) continue;
      if ('file' in entry) {
        if (!graphql.test(one.path) && !mayHoldGraphql(entry.file.text)) continue;
        this.#read.set(one.path, new WeakRef(entry.file));
      }
      yield entry;
    }
  }

  *#walk(
    path: string,
    named: boolean,
    ignores: Ignores,
    seen: Set<string>,
  ): Generator<{ readonly path: string; readonly unresolved?: Unresolved }> {
    const absolute = resolve(this.#base, path);
    try {
      const status = statSync(absolute);
      if (status.isDirectory()) {
        const real = realpathSync(absolute);
        if (seen.has(real)) return;
        seen.add(real);
        for (const name of readdirSync(absolute)) {
          const child = path === '.' ? name : posix.join(path, name);
          if (skipped.test(name)) continue;
          const below = resolve(absolute, name);
          const folder = isFolder(below);
          if (ignores.ignores(below, folder)) continue;
          if (folder || this.#isSource(name)) yield* this.#walk(child, false, ignores, seen);
        }
      } else if (status.isFile() && (named || this.#isSource(path))) {
        const real = realpathSync(absolute);
        if (seen.has(real)) return;
        seen.add(real);
        yield { path };
      }
    } catch (error) {
      // A link to nowhere among a folder's files is nobody's source; what was named must be there.
      if (!named && lstatSync(absolute, { throwIfNoEntry: false })?.isSymbolicLink()) return;
      yield {
        path,
        unresolved: unreadable(path, 'unreadable', `${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`),
      };
    }
  }

  #open(path: string): TreeEntry | null {
    const absolute = resolve(this.#base, path);
    try {
      const status = statSync(absolute);
      if (!status.isFile()) return null;
      if (status.size > LARGEST) {
        return mayMatter(absolute, path)
          ? { unresolved: unreadable(path, 'too-large', `the file has ${status.size} bytes, and at most ${LARGEST} are read`) }
          : null;
      }
      return decoded(path, readFileSync(absolute));
    } catch (error) {
      if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return null;
      return {
        unresolved: unreadable(path, 'unreadable', `the file cannot be read: ${error instanceof Error ? error.message : String(error)}`),
      };
    }
  }
}

const clean = (path: string): string => posix.normalize(path.replaceAll('\\', '/')).replace(/(.)\/$/, '$1');

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

/** The text of a file without the mark that some editors put before it, or why it is none. */
function decoded(path: string, bytes: Buffer): TreeEntry | null {
  const wide = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : null;
  try {
    const text = new TextDecoder(wide ?? 'utf-8', { fatal: true }).decode(bytes);
    if (wide !== null || !text.includes('\0')) return { file: new SourceFile(path, text) };
  } catch {
    // Told below, as a file with zero bytes is.
  }
  // A video or a compiled file by a source's name holds none of our words.
  if (!graphql.test(path) && !mayHoldGraphql(bytes.toString('latin1'))) return null;
  return { unresolved: unreadable(path, 'encoding', 'the file is not UTF-8 text, so that its text and its columns are not known') };
}

/** Whether a file that is too large to be read has anything of ours in its first megabyte. */
function mayMatter(absolute: string, path: string): boolean {
  if (graphql.test(path)) return true;
  const head = Buffer.alloc(1024 * 1024);
  const handle = openSync(absolute, 'r');
  try {
    const length = readSync(handle, head, 0, head.length, 0);
    const text = head.toString('latin1', 0, length);
    return !text.includes('\0') && mayHoldGraphql(text);
  } finally {
    closeSync(handle);
  }
}

const unreadable = (path: string, reason: Unresolved['reason'], message: string): Unresolved => ({
  place: { file: path, line: 1, column: 1 },
  name: '<module>',
  reason,
  message,
});
