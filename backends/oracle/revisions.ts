/** Opening packages and revisions of the model. */
import type { Json } from '../shapes.ts';
import type { Call } from './call.ts';
import type { Manifest, Pointer, StoredBucket, StoredPackage } from './state.ts';

/** quilt3 8.0.0's rule for names, without the newline that it lets pass at the end. */
const NAME = /^[\p{L}\p{N}_-]+\/[\p{L}\p{N}_-]+$/u;

/** An opened revision. */
export interface Opened {
  readonly hash: string;
  readonly manifest: Manifest;
  /** The newest push of it. */
  readonly pointer: Pointer;
}

export function checkName(call: Call, name: string): void {
  if (!NAME.test(name)) throw call.wrong('name');
}

/** The revision that a full hash or the tag `latest` names; refuses with what was asked for. */
export function openRevision(call: Call, bucket: StoredBucket, name: string, hash: string | undefined): Opened {
  const found = bucket.packages.get(name);
  const wanted = hash === undefined || hash === 'latest' ? found?.latest : hash;
  const pointer = found?.pointers.findLast((each) => each.hash === wanted);
  const manifest = wanted === undefined ? undefined : bucket.manifests.get(wanted);
  if (pointer === undefined || manifest === undefined) throw call.missing({ package: name, ...(hash !== undefined && { hash }) });
  return { hash: pointer.hash, manifest, pointer };
}

/** Records a push: its pointer, and `latest`. */
export function point(bucket: StoredBucket, name: string, pointer: Pointer): void {
  const found: StoredPackage = bucket.packages.get(name) ?? { pointers: [], latest: pointer.hash };
  found.pointers.push(pointer);
  found.latest = pointer.hash;
  bucket.packages.set(name, found);
}

/** Metadata as it is read: none and null are one. */
export function metadataOf({ metadata }: { readonly metadata?: Json }): Json {
  return metadata ?? null;
}

/** Values that summaries and infos have in common. */
export function summaryOf(bucket: StoredBucket, name: string, { hash, manifest, pointer }: Opened) {
  const sizes = [...manifest.entries.values()].map(({ size }) => size);
  return {
    bucket: bucket.name,
    name,
    topHash: hash,
    modified: pointer.at,
    message: manifest.message,
    metadata: metadataOf(manifest),
    totalEntries: sizes.length,
    totalBytes: sizes.reduce((sum, size) => sum + size, 0),
  };
}
