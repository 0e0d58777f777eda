/** Where bytes are: `s3://bucket/key?versionId=…`, read and written as quilt3 does (percent-encoded path, `+` is itself in a path). */

export interface PhysicalKey {
  readonly bucket: string;
  readonly key: string;
  /** Null: whatever version is current. */
  readonly versionId: string | null;
}

/** Reads an S3 URL; null when it is none, or carries anything but a version in its query. */
export function parsePhysicalKey(url: string): PhysicalKey | null {
  const parts = /^s3:\/\/([^/?#]+)(?:\/([^?#]*))?(?:\?([^#]*))?(?:#.*)?$/s.exec(url);
  if (parts === null) return null;
  const [, bucket = '', path = '', query = ''] = parts;
  const params = new URLSearchParams(query);
  for (const name of params.keys()) if (name !== 'versionId' && params.get(name) !== '') return null;
  return { bucket, key: percentDecode(path), versionId: params.get('versionId') || null };
}

/** Writes an S3 URL. */
export function printPhysicalKey({ bucket, key, versionId }: PhysicalKey): string {
  const path = key.split('/').map(percentEncode).join('/');
  // A version's space would be `+` in Python; S3 has none in its versions.
  return `s3://${bucket}/${path}${versionId === null ? '' : `?versionId=${percentEncode(versionId)}`}`;
}

const percentEncode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

/** Decodes what is an escape and leaves a lone percent sign as it is; a key such as `100%.csv` may be given unencoded. */
function percentDecode(text: string): string {
  return text.replace(/(?:%[0-9a-fA-F]{2})+/g, (escapes) => Buffer.from(escapes.replaceAll('%', ''), 'hex').toString('utf8'));
}
