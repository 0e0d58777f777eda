/** Objects of the modelled S3, and how they are named. */
import type { ObjectVersion, StoredBucket, Tenant } from './state.ts';
import { chunkedHash, sha256 } from './top-hash.ts';

/** Longest object whose text is kept, bytes: configurations are read, data never is. */
const TEXT_LIMIT = 64 * 1024;

export interface ObjectUrl {
  readonly bucket: string;
  readonly key: string;
  readonly version: string | null;
}

/** Reads `s3://bucket/key`, percent-encoded, with at most a versionId; null when it is something else. */
export function parseUrl(url: string): ObjectUrl | null {
  const match = /^s3:\/\/([^/?#]+)\/([^?]+)(?:\?versionId=([^&]+))?$/s.exec(url);
  if (match === null) return null;
  const [, bucket = '', encoded = '', version] = match;
  const key = decoded(encoded);
  return key === null || key.endsWith('/') ? null : { bucket, key, version: version === undefined ? null : decoded(version) };
}

/** The URL as quilt3 writes physical keys: every byte encoded but letters, digits and `_.-~/`. */
export function printUrl({ bucket, key, version }: ObjectUrl): string {
  const encoded = key
    .split('/')
    .map((segment) => encodeURIComponent(segment).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`));
  return `s3://${bucket}/${encoded.join('/')}${version === null ? '' : `?versionId=${version}`}`;
}

/** Puts bytes and answers the new version. */
export function putBytes(bucket: StoredBucket, key: string, bytes: Uint8Array, id: string): ObjectVersion {
  const text = bytes.length <= TEXT_LIMIT ? Buffer.from(bytes).toString('utf8') : null;
  return putVersion(bucket, key, { id, size: bytes.length, sha256: sha256(bytes), chunked: chunkedHash(bytes), text });
}

/** Puts what another version holds. */
export function putVersion(bucket: StoredBucket, key: string, version: ObjectVersion): ObjectVersion {
  bucket.objects.set(key, [...(bucket.objects.get(key) ?? []), version]);
  return version;
}

/** The version that a URL names, or the newest; undefined when it is not there. */
export function findVersion(tenant: Tenant, { bucket, key, version }: ObjectUrl): ObjectVersion | undefined {
  const versions = tenant.s3.get(bucket)?.objects.get(key);
  return version === null ? versions?.at(-1) : versions?.find(({ id }) => id === version);
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
