/** Looking into a revision: directories, files, a URL for a file's bytes, and what changed between two. */

import type { Entry } from '../values.ts';
import { presign } from '../wire/s3.ts';
import { keysOf } from './aws-keys.ts';
import { type Call, errorOf, noDocuments, type Topic } from './call.ts';
import { canonicalJson } from './canonical-json.ts';
import { toJson } from './exact-json.ts';
import { type Manifest, type ManifestEntry, walk } from './manifest.ts';
import { checkName, noPath, placeOf } from './package-place.ts';
import { parsePhysicalKey } from './physical-key.ts';
import { openRevision } from './revisions.ts';

/** Seconds that a content URL lives, as long as a browsing session of the Platform. */
const CONTENT_URL_SECONDS = 180;

/** The path of a directory may end in one slash. */
const bare = (path: string): string => (path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path);

function fileAt(path: string, { size, physicalKey, meta }: ManifestEntry): Entry {
  return { path, kind: 'file', size, physicalKey, metadata: toJson(meta['user_meta'] ?? null) };
}

/** The directory at a path, with what lies directly in it; null when nothing lies below. The root is always there. */
function directoryAt(manifest: Manifest, path: string): { readonly directory: Entry; readonly children: readonly Entry[] } | null {
  const lead = path === '' ? '' : `${path}/`;
  const below = walk(manifest).filter(([key]) => key.startsWith(lead));
  const marked = [...manifest.directories.keys()].filter((key) => key !== lead && key.startsWith(lead));
  if (path !== '' && below.length === 0 && marked.length === 0 && !manifest.directories.has(lead)) return null;
  const children = new Map<string, Entry>();
  for (const [key, entry] of below) {
    const slash = key.indexOf('/', lead.length);
    if (slash === -1) children.set(key, fileAt(key, entry));
    else addTo(children, manifest, key.slice(0, slash), entry.size);
  }
  for (const key of marked) addTo(children, manifest, key.slice(0, key.indexOf('/', lead.length)), 0);
  const size = below.reduce((sum, [, entry]) => sum + entry.size, 0);
  return { directory: directory(manifest, path, size), children: [...children.values()] };
}

function addTo(children: Map<string, Entry>, manifest: Manifest, path: string, size: number): void {
  children.set(path, directory(manifest, path, size + (children.get(path)?.size ?? 0)));
}

function directory(manifest: Manifest, path: string, size: number): Entry {
  return { path, kind: 'directory', size, physicalKey: null, metadata: toJson(manifest.directories.get(`${path}/`) ?? null) };
}

/** Whether two entries are the same to quilt3: size, hash and metadata, wherever the bytes are. */
function same(a: ManifestEntry, b: ManifestEntry): boolean {
  return a.size === b.size && canonicalJson(a.hash) === canonicalJson(b.hash) && canonicalJson(a.meta) === canonicalJson(b.meta);
}

function whereIs(call: Call, { physicalKey }: ManifestEntry) {
  const where = parsePhysicalKey(physicalKey);
  if (where === null) throw errorOf(call, 'BackendError', `physical key: expected an S3 URL, got ${JSON.stringify(physicalKey)}`);
  return where;
}

function notAFile(call: Call, path: string) {
  return errorOf(call, 'ValidationError', `path: expected that of a file, got ${JSON.stringify(path)}`, { field: 'path' });
}

export const packagesLook: Topic<'browse' | 'contentUrl' | 'diff'> = {
  browse: noDocuments('packages are objects in S3', async (call, params) => {
    const place = placeOf(call, params);
    const { manifest } = await openRevision(call, place, params.hash);
    const path = bare(params.path);
    const file = path === params.path ? manifest.entries.get(path) : undefined;
    if (file !== undefined) return { ...fileAt(path, file), children: null };
    const found = directoryAt(manifest, path);
    if (found === null) throw noPath(call, place, params.hash, params.path);
    return { ...found.directory, children: found.children };
  }),

  contentUrl: noDocuments('packages are objects in S3', async (call, params) => {
    checkName(call, params.name);
    if (params.path === '') throw notAFile(call, params.path);
    const place = placeOf(call, params);
    const { manifest } = await openRevision(call, place, params.hash);
    const entry = manifest.entries.get(params.path);
    if (entry === undefined && directoryAt(manifest, bare(params.path)) !== null) throw notAFile(call, params.path);
    if (entry === undefined) throw noPath(call, place, params.hash, params.path);
    const { bucket, key, versionId } = whereIs(call, entry);
    await keysOf(call);
    const version = versionId === null ? {} : { versionId };
    return { url: await presign(call.session.s3, { bucket, key, ...version, expiresIn: CONTENT_URL_SECONDS }) };
  }),

  diff: noDocuments('packages are objects in S3', async (call, params) => {
    const place = placeOf(call, params);
    const before = (await openRevision(call, place, params.from)).manifest.entries;
    const after = (await openRevision(call, place, params.to)).manifest.entries;
    const changed = [...before].filter(([path, entry]) => {
      const now = after.get(path);
      return now !== undefined && !same(entry, now);
    });
    return {
      added: [...after.keys()].filter((path) => !before.has(path)),
      modified: changed.map(([path]) => path),
      deleted: [...before.keys()].filter((path) => !after.has(path)),
    };
  }),
};
