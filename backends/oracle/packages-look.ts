/** Looking into a revision: directories, files, URLs for bytes, and what changed between two. */
import { createHash } from 'node:crypto';
import type { Listing } from '../values.ts';
import type { Handlers } from './call.ts';
import { findVersion, parseUrl } from './objects.ts';
import { checkName, metadataOf, openRevision } from './revisions.ts';
import type { Entry, Manifest } from './state.ts';

/** Seconds that a content URL of the model lives: the longest that any backend's may. */
const URL_LIFE = 3_600;

export const packagesLook: Handlers<'browse' | 'contentUrl' | 'diff'> = {
  browse(call, { registry, name, hash, path }) {
    checkName(call, name);
    const { bucket } = call.readable(call.bucketNamed(registry));
    const { manifest } = openRevision(call, bucket, name, hash);
    const file = manifest.entries.get(path);
    if (file !== undefined) return { ...fileAt(path, file), children: null };
    const directory = directoryAt(manifest, path.replace(/\/$/, ''));
    if (directory === null) throw call.missing({ package: name, path, ...(hash !== undefined && { hash }) });
    return directory;
  },

  contentUrl(call, { registry, name, hash, path }) {
    checkName(call, name);
    if (path === '') throw call.wrong('path');
    const { bucket, tenant } = call.readable(call.bucketNamed(registry));
    const { manifest } = openRevision(call, bucket, name, hash);
    const entry = manifest.entries.get(path);
    if (entry === undefined) {
      if (directoryAt(manifest, path.replace(/\/$/, '')) !== null) throw call.wrong('path');
      throw call.missing({ package: name, path, ...(hash !== undefined && { hash }) });
    }
    const source = parseUrl(entry.physicalKey);
    const version = source === null ? undefined : findVersion(tenant, source);
    const url = `${call.model.places.s3Endpoint}/oracle/${call.model.fresh('url').slice(1)}`;
    if (version !== undefined)
      tenant.contentUrls.set(url, { sha256: version.sha256, size: version.size, expires: tenant.clock + URL_LIFE });
    return { url };
  },

  diff(call, { registry, name, from, to }) {
    checkName(call, name);
    const { bucket } = call.readable(call.bucketNamed(registry));
    const before = openRevision(call, bucket, name, from).manifest.entries;
    const after = openRevision(call, bucket, name, to).manifest.entries;
    const keys = new Set([...before.keys(), ...after.keys()]);
    return {
      added: [...keys].filter((key) => !before.has(key)),
      modified: [...keys].filter((key) => before.has(key) && after.has(key) && print(before.get(key)) !== print(after.get(key))),
      deleted: [...keys].filter((key) => !after.has(key)),
    };
  },
};

function fileAt(path: string, entry: Entry) {
  return { path, kind: 'file', size: entry.size, physicalKey: entry.physicalKey, metadata: metadataOf(entry) };
}

/** A directory with what stands directly in it; null when nothing lies below the path. The root always is one. */
function directoryAt(manifest: Manifest, path: string): Listing | null {
  const prefix = path === '' ? '' : `${path}/`;
  const below = [...manifest.entries].filter(([key]) => key.startsWith(prefix));
  if (path !== '' && below.length === 0) return null;
  const children = new Map<string, ReturnType<typeof fileAt> | ReturnType<typeof emptyDirectory>>();
  for (const [key, entry] of below) {
    const rest = key.slice(prefix.length);
    const child = prefix + (rest.split('/')[0] ?? '');
    if (child === key) children.set(key, fileAt(key, entry));
    else children.set(child, emptyDirectory(child, (children.get(child)?.size ?? 0) + entry.size));
  }
  const size = below.reduce((sum, [, entry]) => sum + entry.size, 0);
  return { ...emptyDirectory(path, size), children: [...children.values()] };
}

function emptyDirectory(path: string, size: number) {
  return { path, kind: 'directory', size, physicalKey: null, metadata: null };
}

/** What quilt3 compares of an entry: size, hash and metadata, never where the bytes lie. Members of metadata are unordered. */
function print(entry: Entry | undefined): string {
  const { size, hash, metadata } = entry ?? {};
  return createHash('sha256')
    .update(JSON.stringify([size, hash, sorted(metadata), metadata === undefined]))
    .digest('hex');
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => [name, sorted(member)]);
}
