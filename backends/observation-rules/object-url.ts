/** Comparison of `s3://bucket/key?versionId=ID`. */
import { type Mismatch, mismatch } from './mismatch.ts';
import type { Pairing } from './pairing.ts';

/** Bucket and key exactly, the key without its percent-encoding; the version one to one, and present on both sides or on neither. */
export function objectUrlMismatches(expected: unknown, observed: unknown, pairing: Pairing, field: string): Mismatch[] {
  const [wanted, got] = [parse(expected), parse(observed)];
  if (wanted === null || got === null || wanted.object !== got.object) return [mismatch(field, expected, observed)];
  if (wanted.version === null || got.version === null) return wanted.version === got.version ? [] : [mismatch(field, expected, observed)];
  const name = (version: string) => `${wanted.object} ${version}`;
  return pairing.pair('version', name(wanted.version), name(got.version)) ? [] : [mismatch(field, expected, observed)];
}

function parse(url: unknown): { readonly object: string; readonly version: string | null } | null {
  const match = typeof url === 'string' ? /^s3:\/\/([^/?]+)\/([^?]+)(?:\?versionId=(.+))?$/s.exec(url) : null;
  if (match === null) return null;
  const [, bucket = '', key = '', version] = match;
  try {
    return { object: `${bucket}/${decodeURIComponent(key)}`, version: version ?? null };
  } catch {
    return null;
  }
}
