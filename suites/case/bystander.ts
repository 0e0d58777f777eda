/** Looks at a target past every backend: puts, stats, counts and fetches what a story is about. It has a door of its own, so that its requests are none of a backend's. */
import { createHash } from 'node:crypto';
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, type S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { type Door, WireError } from '../../backends/wire/door.ts';
import { createS3 } from '../../backends/wire/s3.ts';

export interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string | null;
}

export interface Bystander {
  /** Puts an object; answers its `s3://bucket/key?versionId=…`, without a version where the bucket keeps none. */
  put(bucket: string, key: string, content: string | Uint8Array): Promise<string>;
  stat(uri: string): Promise<{ exists: boolean; sha256: string | null; size: number | null }>;
  count(bucket: string, prefix: string): Promise<number>;
  download(url: string): Promise<{ status: number; sha256: string; size: number }>;
  /** What fetching a presigned URL gives, and whether it ends: `content:SHA256:SIZE`, `refused:STATUS`, `endless:…`; `no URL`, or `of a stranger: ORIGIN`. */
  fetchPresigned(url: string): Promise<string>;
  /** S3's code for reading or writing with these keys; `ok` when it did. */
  tryKeys(keys: Keys, action: 'get' | 'put', bucket: string, key: string): Promise<string>;
}

/** A bystander that uses these keys, for the bucket region and endpoint given. */
export function createBystander(
  door: Door,
  place: { readonly endpoint: string | null; readonly region: string; readonly keys: Keys },
): Bystander {
  const client = (keys: Keys): S3Client =>
    createS3(door, {
      ...(place.endpoint === null ? {} : { endpoint: place.endpoint }),
      region: place.region,
      credentials: async () => ({
        accessKeyId: keys.accessKeyId,
        secretAccessKey: keys.secretAccessKey,
        ...(keys.sessionToken === null ? {} : { sessionToken: keys.sessionToken }),
      }),
    });
  const s3 = client(place.keys);

  const download = async (url: string) => {
    const { origin, pathname } = new URL(url);
    const answer = await door.request({
      protocol: 's3',
      operation: `GET ${origin}${pathname}`,
      method: 'GET',
      url,
      headers: {},
      reads: true,
    });
    return { status: answer.status, sha256: sha256(answer.body), size: answer.body.byteLength };
  };

  return {
    download,
    async put(bucket, key, content) {
      const { VersionId } = await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: content }));
      const path = key.split('/').map(encodeURIComponent).join('/');
      return `s3://${bucket}/${path}${VersionId === undefined ? '' : `?versionId=${encodeURIComponent(VersionId)}`}`;
    },
    async stat(uri) {
      const { bucket, key, versionId } = parseUri(uri);
      try {
        const { Body } = await s3.send(
          new GetObjectCommand({ Bucket: bucket, Key: key, ...(versionId === null ? {} : { VersionId: versionId }) }),
        );
        const bytes = (await Body?.transformToByteArray()) ?? new Uint8Array();
        return { exists: true, sha256: sha256(bytes), size: bytes.byteLength };
      } catch (error) {
        if (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 404)
          return { exists: false, sha256: null, size: null };
        throw error;
      }
    },
    async count(bucket, prefix) {
      let total = 0;
      let token: string | undefined;
      do {
        const page = await s3.send(
          new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ...(token === undefined ? {} : { ContinuationToken: token }) }),
        );
        total += page.KeyCount ?? 0;
        token = page.NextContinuationToken;
      } while (token !== undefined);
      return total;
    },
    async fetchPresigned(url) {
      if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) return 'no URL';
      const { searchParams: query, origin } = new URL(url);
      const ends = query.has('X-Amz-Expires') || query.has('Expires');
      const answer = await download(url).catch((error: unknown) => {
        if (error instanceof WireError && error.failure === 'refused') return null;
        throw error;
      });
      // The door lets nothing out to a place that the target does not name: a URL of one is the subject's doing.
      if (answer === null) return `of a stranger: ${origin}`;
      const { status, sha256: hash, size } = answer;
      if (status !== 200) return `refused:${status}`;
      return `${ends ? 'content' : 'endless'}:${hash}:${size}`;
    },
    async tryKeys(keys, action, bucket, key) {
      const other = client(keys);
      try {
        if (action === 'put') await other.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: 'tried' }));
        else await (await other.send(new GetObjectCommand({ Bucket: bucket, Key: key }))).Body?.transformToByteArray();
        return 'ok';
      } catch (error) {
        if (error instanceof S3ServiceException) return error.name;
        throw error;
      } finally {
        other.destroy();
      }
    },
  };
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Parts of `s3://bucket/key?versionId=ID`, decoded. */
export function parseUri(uri: string): { bucket: string; key: string; versionId: string | null } {
  const [, bucket, path, query] = /^s3:\/\/([^/]+)\/([^?]*)(?:\?(.*))?$/.exec(uri) ?? [];
  if (bucket === undefined || path === undefined) throw new Error(`object URL: expected s3://bucket/key, got ${uri}`);
  return { bucket, key: decodeURIComponent(path), versionId: new URLSearchParams(query ?? '').get('versionId') };
}
