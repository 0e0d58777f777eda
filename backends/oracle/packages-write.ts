/** Making and deleting revisions. Everything is checked before anything is written. */
import type { RevisionParams } from '../operations.ts';
import type { Json } from '../shapes.ts';
import type { Call, Handlers } from './call.ts';
import type { Exact } from './canonical.ts';
import { type NewEntry, newEntries, refuseShadows } from './new-entries.ts';
import { findVersion, parseUrl, printUrl, putBytes, putVersion } from './objects.ts';
import { checkName, openRevision, point } from './revisions.ts';
import type { Entry, Manifest, ObjectVersion, StoredBucket, Tenant } from './state.ts';
import { topHash } from './top-hash.ts';
import { applyWorkflow } from './workflow.ts';

const HASH_TYPE = 'sha2-256-chunked';

export const packagesWrite: Handlers<'createRevision' | 'updateRevision' | 'deletePackage'> = {
  createRevision(call, params) {
    checkName(call, params.name);
    const entries = newEntries(call, params);
    const { bucket, tenant } = call.writable(call.bucketNamed(params.registry));
    const sources = findSources(call, tenant, entries);
    return push(call, {
      tenant,
      bucket,
      params,
      entries,
      sources,
      kept: new Map(),
      ...(params.metadata !== undefined && { metadata: params.metadata }),
    });
  },

  updateRevision(call, params) {
    checkName(call, params.name);
    const entries = newEntries(call, params);
    const { bucket, tenant } = call.writable(call.bucketNamed(params.registry));
    const { manifest } = openRevision(call, bucket, params.name, undefined);
    const sources = findSources(call, tenant, entries);
    const named = new Set(entries.map(({ key }) => key));
    const kept = new Map([...manifest.entries].filter(([key]) => !named.has(key)));
    refuseShadows(call, entries, manifest.entries.keys());
    const metadata = merged(manifest.metadata, params.metadata);
    return push(call, { tenant, bucket, params, entries, sources, kept, ...(metadata !== undefined && { metadata }) });
  },

  deletePackage(call, { registry, name, hash }) {
    checkName(call, name);
    const { bucket } = call.writable(call.bucketNamed(registry));
    const found = bucket.packages.get(name);
    if (hash === undefined) {
      if (found !== undefined) removePackage(bucket, name);
      return {};
    }
    const wanted = openRevision(call, bucket, name, hash).hash;
    const remaining = found?.pointers.filter((pointer) => pointer.hash !== wanted) ?? [];
    for (const { key } of found?.pointers.filter((pointer) => pointer.hash === wanted) ?? []) bucket.objects.delete(key);
    const newest = remaining.at(-1);
    if (found === undefined || newest === undefined) removePackage(bucket, name);
    else {
      found.pointers = remaining;
      if (found.latest === wanted) found.latest = newest.hash;
    }
    return {};
  },
};

interface Push {
  readonly tenant: Tenant;
  readonly bucket: StoredBucket;
  readonly params: RevisionParams;
  readonly entries: readonly NewEntry[];
  /** What each URI names, by logical key. */
  readonly sources: ReadonlyMap<string, ObjectVersion>;
  readonly kept: ReadonlyMap<string, Entry>;
  readonly metadata?: Json;
}

function push(call: Call, { tenant, bucket, params, entries, sources, kept, metadata }: Push) {
  const { name, message = null, copy = false } = params;
  const workflow = applyWorkflow(call, bucket, name, message);
  const place = (key: string, version: ObjectVersion) => printUrl({ bucket: bucket.name, key: `${name}/${key}`, version: version.id });
  const inPlace = (key: string, entry: Entry): Entry => {
    const source = parseUrl(entry.physicalKey);
    const version = source === null ? undefined : findVersion(tenant, source);
    if (!copy || version === undefined || (source?.bucket === bucket.name && source.key === `${name}/${key}`)) return entry;
    return { ...entry, physicalKey: place(key, putVersion(bucket, `${name}/${key}`, { ...version, id: call.model.fresh('version') })) };
  };
  const made = new Map<string, Entry>([...kept].map(([key, entry]) => [key, inPlace(key, entry)]));
  for (const entry of entries) {
    const { key } = entry;
    if (entry.field === 'files') {
      const version = putBytes(bucket, `${name}/${key}`, entry.file.bytes, call.model.fresh('version'));
      made.set(key, {
        ...contentOf(version),
        physicalKey: place(key, version),
        ...(entry.file.metadata && { metadata: entry.file.metadata }),
      });
      continue;
    }
    const version = sources.get(key);
    if (version === undefined) throw new Error(`oracle: expected ${key} to have been found, got nothing`);
    made.set(key, inPlace(key, { ...contentOf(version), physicalKey: printUrl({ ...entry.source, version: version.id }) }));
  }
  const manifest: Manifest = { message, entries: made, ...(metadata !== undefined && { metadata }), ...(workflow && { workflow }) };
  const hash = workflow === undefined ? hashOf(manifest) : `#hash:${hashOf(manifest)}${workflow.id ?? ''}`;
  write(call, bucket, name, hash, manifest);
  return { bucket: bucket.name, name, topHash: hash, totalEntries: made.size };
}

/** Writes manifest, pointer and `latest`, each an object that can be counted. */
function write(call: Call, bucket: StoredBucket, name: string, hash: string, manifest: Manifest): void {
  const key = `.quilt/named_packages/${name}/${call.model.fresh('pointer').slice(1)}`;
  const nothing = new Uint8Array();
  for (const each of [`.quilt/packages/${hash}`, key, `.quilt/named_packages/${name}/latest`])
    putBytes(bucket, each, nothing, call.model.fresh('version'));
  bucket.manifests.set(hash, manifest);
  point(bucket, name, { hash, at: call.at, key });
}

function removePackage(bucket: StoredBucket, name: string): void {
  for (const key of [...bucket.objects.keys()]) if (key.startsWith(`.quilt/named_packages/${name}/`)) bucket.objects.delete(key);
  bucket.packages.delete(name);
}

/** The version that every URI names; an object that is not there, or not the asker's to read, is a wrong parameter. */
function findSources(call: Call, tenant: Tenant, entries: readonly NewEntry[]): ReadonlyMap<string, ObjectVersion> {
  const found = new Map<string, ObjectVersion>();
  for (const entry of entries) {
    if (entry.field === 'files') continue;
    const version = findVersion(tenant, entry.source);
    if (version === undefined) throw call.wrong('uris');
    found.set(entry.key, version);
  }
  return found;
}

function contentOf({ size, chunked }: ObjectVersion) {
  return { size, hash: { type: HASH_TYPE, value: chunked } };
}

/** The new members over the old ones; what was no object counts as none. Without new ones the old stay as they were (P-10). */
function merged(old: Json | undefined, given: RevisionParams['metadata']): Json | undefined {
  if (given === undefined) return old;
  const isObject = typeof old === 'object' && old !== null && !Array.isArray(old);
  return isObject ? { ...old, ...given } : given;
}

/** Header and entries as quilt3 8.0.0 hashes them. A workflow's configuration has a version that nobody can foretell, so then the hash is a label. */
function hashOf({ message, metadata, entries }: Manifest): string {
  const header: Exact = { version: 'v0', message, ...(metadata !== undefined && { user_meta: metadata }) };
  const hashed = new Map(
    [...entries].map(([key, entry]) => {
      const meta: Exact = entry.metadata === undefined ? {} : { user_meta: entry.metadata };
      return [key, { size: entry.size, hash: entry.hash, meta }];
    }),
  );
  return topHash(header, hashed);
}
