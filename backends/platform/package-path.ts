/** Paths in a package, as a caller may write them (P-08). */

/** A path as it is looked up. */
export interface PackagePath {
  /** Without the one slash that a directory's may end in. */
  readonly key: string;
  /** True when it ends in a slash, so that no file is meant. */
  readonly isDirectory: boolean;
  /** False for a path that no entry can have: with an empty, `.` or `..` segment. */
  readonly isPossible: boolean;
}

/** Reads a path; '' is the root. */
export function readPath(path: string): PackagePath {
  const isDirectory = path === '' || path.endsWith('/');
  const key = path.endsWith('/') ? path.slice(0, -1) : path;
  return { key, isDirectory, isPossible: path === '' || key.split('/').every((segment) => !['', '.', '..'].includes(segment)) };
}

/** Directories that a key lies in: `a` and `a/b` of `a/b/c`. */
export function parentsOf(key: string): readonly string[] {
  const segments = key.split('/').slice(0, -1);
  return segments.map((_, index) => segments.slice(0, index + 1).join('/'));
}
