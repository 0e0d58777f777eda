/** Removes from a bucket what cases created below their own prefixes: objects, pointers and manifests, every version and marker of each. */
import {
  DeleteObjectsCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  type S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';

const POINTERS = '.quilt/named_packages/';
const MANIFESTS = '.quilt/packages/';
const TOP_HASH = /^[0-9a-f]{64}$/;
/** Of a manifest so much is read to find whose it is: the message is in its first line, a logical key in the second. */
const HEAD_BYTES = 256 * 1024;
/** Clocks of S3 and of this machine may differ by so much; S3 refuses a request whose clock is further off. */
const SKEW_MS = 15 * 60_000;

interface Version {
  readonly Key: string;
  readonly VersionId?: string;
  readonly marker: boolean;
  readonly modified: number;
}

export interface RemoveOwnOptions {
  /** Top hashes that the cases are known to have made; those that a pointer names are found without. */
  readonly hashes?: Iterable<string>;
  /** Epoch milliseconds: manifests written since then are looked into, so that one that no pointer came to name is found. Reads the list of all manifests. */
  readonly since?: number;
}

/** Removes everything of these prefixes (`SharedNames.own`). Throws what S3 says when it cannot; what is left then is found again by a second call. */
export async function removeOwn(s3: S3Client, bucket: string, owns: readonly string[], options: RemoveOwnOptions = {}): Promise<void> {
  const hashes = new Set(options.hashes ?? []);
  const pointers: Version[] = [];
  for (const own of owns) pointers.push(...(await versionsBelow(s3, bucket, `${POINTERS}${own}-`)));
  for (const pointer of pointers) if (!pointer.marker) hashes.add((await headOf(s3, bucket, pointer)).trim());
  const candidates: Version[] = [];
  for (const hash of hashes) if (TOP_HASH.test(hash)) candidates.push(...(await versionsBelow(s3, bucket, `${MANIFESTS}${hash}`)));
  const { since } = options;
  if (since !== undefined) {
    const known = new Set(candidates.map(({ Key }) => Key));
    const all = await versionsBelow(s3, bucket, MANIFESTS);
    candidates.push(...all.filter(({ Key, modified }) => modified >= since - SKEW_MS && !known.has(Key)));
  }
  const ours = new Set<string>();
  for (const manifest of candidates) {
    if (manifest.marker) continue;
    const head = await headOf(s3, bucket, manifest);
    if (owns.some((own) => head.includes(own))) ours.add(manifest.Key);
  }
  const objects: Version[] = [];
  for (const own of owns) for (const end of ['/', '-']) objects.push(...(await versionsBelow(s3, bucket, own + end)));
  // Pointers go last: until then they name the manifests.
  const manifests = candidates.filter(({ Key }) => ours.has(Key));
  for (const some of [manifests, objects, pointers]) await removeVersions(s3, bucket, some);
}

async function headOf(s3: S3Client, bucket: string, { Key, VersionId }: Version): Promise<string> {
  const { Body } = await s3.send(
    new GetObjectCommand({ Bucket: bucket, Key, Range: `bytes=0-${HEAD_BYTES - 1}`, ...(VersionId !== undefined && { VersionId }) }),
  );
  return (await Body?.transformToString()) ?? '';
}

async function removeVersions(s3: S3Client, bucket: string, versions: readonly Version[]): Promise<void> {
  for (let at = 0; at < versions.length; at += 1_000) {
    const Objects = versions.slice(at, at + 1_000).map(({ Key, VersionId }) => ({ Key, ...(VersionId !== undefined && { VersionId }) }));
    const { Errors = [] } = await s3.send(new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects, Quiet: true } }));
    const [first] = Errors;
    if (first !== undefined) throw new Error(`s3://${bucket}/${first.Key}: expected to be removed, got ${first.Code}: ${first.Message}`);
  }
}

/** Every version and marker whose key begins so; the objects themselves where the bucket's S3 knows no versions. */
async function versionsBelow(s3: S3Client, bucket: string, prefix: string): Promise<Version[]> {
  const found: Version[] = [];
  let next: { KeyMarker?: string; VersionIdMarker?: string } | null = {};
  try {
    while (next !== null) {
      const page: Awaited<ReturnType<typeof listVersions>> = await listVersions(s3, bucket, prefix, next);
      const add =
        (marker: boolean) => (one: { Key?: string | undefined; VersionId?: string | undefined; LastModified?: Date | undefined }) =>
          found.push({
            Key: one.Key ?? '',
            ...(one.VersionId !== undefined && { VersionId: one.VersionId }),
            marker,
            modified: one.LastModified?.getTime() ?? 0,
          });
      page.Versions?.forEach(add(false));
      page.DeleteMarkers?.forEach(add(true));
      next =
        page.IsTruncated === true
          ? {
              ...(page.NextKeyMarker !== undefined && { KeyMarker: page.NextKeyMarker }),
              ...(page.NextVersionIdMarker !== undefined && { VersionIdMarker: page.NextVersionIdMarker }),
            }
          : null;
    }
    return found;
  } catch (error) {
    if (!(error instanceof S3ServiceException && ['NotImplemented', 'VersioningNotConfigured'].includes(error.name))) throw error;
    return objectsBelow(s3, bucket, prefix);
  }
}

function listVersions(s3: S3Client, bucket: string, prefix: string, from: { KeyMarker?: string; VersionIdMarker?: string }) {
  return s3.send(new ListObjectVersionsCommand({ Bucket: bucket, Prefix: prefix, ...from }));
}

async function objectsBelow(s3: S3Client, bucket: string, prefix: string): Promise<Version[]> {
  const found: Version[] = [];
  let token: string | undefined;
  do {
    const page: Awaited<ReturnType<typeof listObjects>> = await listObjects(s3, bucket, prefix, token);
    for (const { Key = '', LastModified } of page.Contents ?? [])
      found.push({ Key, marker: false, modified: LastModified?.getTime() ?? 0 });
    token = page.NextContinuationToken;
  } while (token !== undefined);
  return found;
}

function listObjects(s3: S3Client, bucket: string, prefix: string, token: string | undefined) {
  return s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ...(token !== undefined && { ContinuationToken: token }) }));
}
