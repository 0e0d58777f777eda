/** Objects in S3, each call typed by what it answers or by the QuiltError that it is. */
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  type GetObjectCommandOutput,
  HeadObjectCommand,
  PutObjectCommand,
  paginateListObjectsV2,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { QuiltError } from '../errors.ts';
import { toS3QuiltError } from '../wire/s3-errors.ts';
import { keysOf } from './aws-keys.ts';
import { type Call, errorOf } from './call.ts';
import type { PhysicalKey } from './physical-key.ts';

/** Runs S3 work with keys at hand; its failure is a QuiltError. Only what is about the bucket names it. */
async function inS3<T>(call: Call, bucket: string, work: () => Promise<T>): Promise<T> {
  await keysOf(call);
  try {
    return await work();
  } catch (error) {
    if (error instanceof QuiltError) throw error;
    // The SDK throws a plain Error when the bytes are not those that the checksum was made of.
    if (error instanceof Error && error.message.startsWith('Checksum mismatch')) {
      throw errorOf(call, 'BackendError', 'S3: expected the bytes that their checksum names, got others', { code: 'broken-body' }, error);
    }
    const { name } = toS3QuiltError(call.operation, error);
    throw toS3QuiltError(call.operation, error, name === 'PermissionError' || name === 'NotFoundError' ? { bucket } : {});
  }
}

/** As `work`, and null when S3 says that there is no such object (not: no such bucket). */
async function unlessMissing<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof S3ServiceException && ['NoSuchKey', 'NoSuchVersion'].includes(error.name)) return null;
    throw error;
  }
}

const place = ({ bucket, key, versionId }: PhysicalKey) => ({
  Bucket: bucket,
  Key: key,
  ...(versionId !== null && { VersionId: versionId }),
});

async function readBody(answer: GetObjectCommandOutput): Promise<Uint8Array> {
  return (await answer.Body?.transformToByteArray()) ?? new Uint8Array();
}

/** A small object's text, and the version that it is; null when there is none. */
export function getObject(call: Call, where: PhysicalKey): Promise<{ readonly text: string; readonly versionId: string | null } | null> {
  return inS3(call, where.bucket, () =>
    unlessMissing(
      call.session.s3.send(new GetObjectCommand(place(where))).then(async (answer) => ({
        text: Buffer.from(await readBody(answer)).toString(),
        versionId: answer.VersionId ?? null,
      })),
    ),
  );
}

/** Text of a small object; null when there is none. */
export async function getText(call: Call, bucket: string, key: string): Promise<string | null> {
  return (await getObject(call, { bucket, key, versionId: null }))?.text ?? null;
}

/** Bytes `[start, end)` of an object. */
export function getRange(call: Call, where: PhysicalKey, start: number, end: number): Promise<Uint8Array> {
  const command = new GetObjectCommand({ ...place(where), Range: `bytes=${start}-${end - 1}` });
  return inS3(call, where.bucket, async () => readBody(await call.session.s3.send(command)));
}

/** Size of an object, and the version that is current; null when there is no such object, version or bucket: a HEAD does not say which. */
export function headObject(call: Call, where: PhysicalKey): Promise<{ readonly size: number; readonly versionId: string | null } | null> {
  return inS3(call, where.bucket, async () => {
    try {
      const found = await call.session.s3.send(new HeadObjectCommand(place(where)));
      return { size: found.ContentLength ?? 0, versionId: found.VersionId ?? null };
    } catch (error) {
      // 400: what was named is no version at all; 405: it is a delete marker.
      if (error instanceof S3ServiceException && [400, 404, 405].includes(error.$metadata.httpStatusCode ?? 0)) return null;
      throw error;
    }
  });
}

/** Writes an object; answers the version that it became, null in a bucket without versions. */
export function putObject(call: Call, bucket: string, key: string, body: Uint8Array | string): Promise<string | null> {
  return inS3(call, bucket, async () => {
    const { VersionId } = await call.session.s3.send(
      new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, ContentLength: Buffer.byteLength(body) }),
    );
    return VersionId ?? null;
  });
}

/** Copies within S3; answers the version that the copy became. */
export function copyObject(call: Call, from: PhysicalKey, bucket: string, key: string): Promise<string | null> {
  const source = `${from.bucket}/${from.key.split('/').map(encodeURIComponent).join('/')}${from.versionId === null ? '' : `?versionId=${from.versionId}`}`;
  return inS3(call, bucket, async () => {
    const { VersionId } = await call.session.s3.send(new CopyObjectCommand({ Bucket: bucket, Key: key, CopySource: source }));
    return VersionId ?? null;
  });
}

/** Removes the current version, as a DELETE does; silent when there is none. */
export async function deleteObject(call: Call, bucket: string, key: string): Promise<void> {
  await inS3(call, bucket, () => call.session.s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: key })));
}

/** Every object whose key begins with `prefix`, all pages of them (P-14), with when it was written, epoch milliseconds. */
export function listObjects(
  call: Call,
  bucket: string,
  prefix: string,
): Promise<readonly { readonly key: string; readonly modified: number }[]> {
  return inS3(call, bucket, async () => {
    const objects: { key: string; modified: number }[] = [];
    for await (const page of paginateListObjectsV2({ client: call.session.s3 }, { Bucket: bucket, Prefix: prefix })) {
      for (const { Key, LastModified } of page.Contents ?? [])
        if (Key !== undefined) objects.push({ key: Key, modified: LastModified?.getTime() ?? 0 });
    }
    return objects;
  });
}
