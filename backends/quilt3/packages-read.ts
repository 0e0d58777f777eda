/** Packages of a bucket, their revisions, and what a revision is. */
import type { Json } from '../shapes.ts';
import { mapAtOnce } from './at-once.ts';
import { noDocuments, type Topic } from './call.ts';
import { type Exact, isRecord, toJson } from './exact-json.ts';
import type { Manifest } from './manifest.ts';
import { listObjects } from './objects.ts';
import { noPackage, placeOf } from './package-place.ts';
import { bucketOf } from './registry-bucket.ts';
import { POINTERS } from './registry-layout.ts';
import { modifiedOf, openRevision, pushesOf, readManifest, readPointers } from './revisions.ts';

/** What a header says of its revision. */
export function headerValues({ header }: Manifest) {
  return { message: textOf(header['message']), metadata: toJson(header['user_meta'] ?? null) };
}

function textOf(value: Exact | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

/** Strings of the metadata's `tags`, from a list or a string (P-24). */
function tagsOf(metadata: Json): readonly string[] {
  if (typeof metadata !== 'object' || metadata === null || Array.isArray(metadata)) return [];
  const tags = (metadata as { readonly [key: string]: Json })['tags'];
  if (typeof tags === 'string') return [tags];
  return Array.isArray(tags) ? tags.filter((tag) => typeof tag === 'string') : [];
}

export const packagesRead: Topic<'listPackages' | 'packageInfo' | 'listRevisions'> = {
  listPackages: noDocuments('packages are objects in S3', async (call, { registry, prefix = '' }) => {
    const pointers = await listObjects(call, bucketOf(call, registry), POINTERS + prefix);
    const names = pointers.map(({ key }) => key.slice(POINTERS.length, key.lastIndexOf('/')));
    return [...new Set(names)].filter((name) => name.startsWith(prefix) && name.includes('/'));
  }),

  packageInfo: noDocuments('packages are objects in S3', async (call, params) => {
    const place = placeOf(call, params);
    const { topHash, manifest } = await openRevision(call, place, params.hash);
    const pointers = await readPointers(call, place);
    const pointer = [...pushesOf(pointers), ...pointers].find((each) => each.topHash === topHash);
    if (pointer === undefined) throw noPackage(call, place, params.hash);
    const values = headerValues(manifest);
    const { workflow } = manifest.header;
    const sizes = [...manifest.entries.values()].map(({ size }) => size);
    return {
      ...place,
      topHash,
      modified: modifiedOf(pointer),
      ...values,
      totalEntries: sizes.length,
      totalBytes: sizes.reduce((sum, size) => sum + size, 0),
      tags: tagsOf(values.metadata),
      workflow: isRecord(workflow) ? textOf(workflow['id']) : null,
    };
  }),

  listRevisions: noDocuments('packages are objects in S3', async (call, params) => {
    const place = placeOf(call, params);
    const pointers = await readPointers(call, place);
    if (pointers.length === 0) throw noPackage(call, place);
    return mapAtOnce(pushesOf(pointers), async (pointer) => ({
      topHash: pointer.topHash,
      modified: modifiedOf(pointer),
      ...headerValues(await readManifest(call, place, pointer.topHash, undefined)),
    }));
  }),
};
