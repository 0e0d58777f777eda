/** Hashes of objects and of revisions, as quilt3 8.0.0 computes them. */
import { createHash } from 'node:crypto';
import { byCodePoint, canonical, type Exact } from './canonical.ts';

/** Bytes of one chunk; quilt3 doubles it for objects of more than 10,000 chunks, 80 GB, which nothing here has. */
const CHUNK = 8 * 1024 * 1024;

/** An entry as far as the top hash covers it. */
export interface HashedEntry {
  readonly hash: { readonly type: string; readonly value: string };
  readonly size: number;
  /** `{}` or `{ user_meta }`. */
  readonly meta: Exact;
}

/** Base64 of the SHA-256 of the joined SHA-256 of every 8 MiB; of nothing, for an empty object. */
export function chunkedHash(bytes: Uint8Array): string {
  const whole = createHash('sha256');
  for (let start = 0; start < bytes.length; start += CHUNK) {
    const chunk = createHash('sha256').update(bytes.subarray(start, start + CHUNK));
    whole.update(chunk.digest());
  }
  return whole.digest('base64');
}

/** Hex of the SHA-256. */
export function sha256(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Top hash of a manifest: its whole header, then each entry without its physical key, directory by directory. */
export function topHash(header: Exact, entries: ReadonlyMap<string, HashedEntry>): string {
  const hash = createHash('sha256').update(canonical(header));
  for (const [logicalKey, { hash: content, size, meta }] of inWalkOrder(entries)) {
    hash.update(canonical({ hash: content, logical_key: logicalKey, meta, size }));
  }
  return hash.digest('hex');
}

/** Entries in the order in which quilt3 walks: each directory's names sorted, `a/b` before `a.csv`. */
export function inWalkOrder<T>(entries: ReadonlyMap<string, T>): [string, T][] {
  return [...entries].sort(([a], [b]) => {
    const [left, right] = [a.split('/'), b.split('/')];
    const at = left.findIndex((segment, index) => segment !== right[index]);
    return at === -1 ? left.length - right.length : byCodePoint(left[at] ?? '', right[at] ?? '');
  });
}
