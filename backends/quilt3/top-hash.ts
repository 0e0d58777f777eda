/** The top hash: one SHA-256 over the canonical JSON of the header and of each entry in order, nothing between them (quilt-protocol.md). */
import { createHash } from 'node:crypto';
import { canonicalJson } from './canonical-json.ts';
import { ExactNumber } from './exact-json.ts';
import { type Manifest, walk } from './manifest.ts';

/** 64 hex digits; physical keys and the metadata of directories do not enter it. */
export function topHash(manifest: Manifest): string {
  const hash = createHash('sha256').update(canonicalJson(manifest.header));
  for (const [logicalKey, entry] of walk(manifest)) {
    const part = { hash: entry.hash, logical_key: logicalKey, meta: entry.meta, size: new ExactNumber(String(entry.size)) };
    hash.update(canonicalJson(part));
  }
  return hash.digest('hex');
}
