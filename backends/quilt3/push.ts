/** Making a revision: data first, then the manifest, then the pointer of the second, `latest` last, so that a failure leaves none half made. */
import { mapAtOnce } from './at-once.ts';
import { type Call, errorOf } from './call.ts';
import { CHUNKED_HASH, chunkedHash, chunkRanges, combineChunks, hashChunk } from './chunked-hash.ts';
import { type Exact, type ExactRecord, toExact } from './exact-json.ts';
import { type Manifest, type ManifestEntry, printManifest } from './manifest.ts';
import type { NewEntry } from './new-entries.ts';
import { copyObject, getRange, headObject, putObject } from './objects.ts';
import type { PackagePlace } from './package-place.ts';
import { type PhysicalKey, parsePhysicalKey, printPhysicalKey } from './physical-key.ts';
import { LATEST, manifestKey, pointerKey } from './registry-layout.ts';
import { topHash } from './top-hash.ts';
import { applyWorkflow, type WorkflowConfiguration } from './workflow.ts';

/** An entry that is not hashed or in its place yet. */
export interface Draft {
  readonly logicalKey: string;
  readonly size: number;
  /** Null until it is known. */
  readonly hash: Exact;
  readonly meta: ExactRecord;
  readonly bytes: PhysicalKey | Uint8Array;
}

const chunked = (value: string): Exact => ({ type: CHUNKED_HASH, value });

/** What each new entry is, as it is now: its size and version, or the hash of its bytes. An object that is not there is a ValidationError. */
export function draftEntries(call: Call, entries: readonly NewEntry[]): Promise<readonly Draft[]> {
  return mapAtOnce(entries, async (entry): Promise<Draft> => {
    const { logicalKey } = entry;
    if (entry.from === 'files') {
      const { bytes, metadata } = entry.file;
      const meta = metadata === undefined ? {} : { user_meta: toExact(metadata) };
      return { logicalKey, size: bytes.length, hash: chunked(chunkedHash(bytes)), meta, bytes };
    }
    const { source } = entry;
    const found = await headObject(call, source);
    if (found === null) {
      throw errorOf(call, 'ValidationError', `uris: expected an object at ${printPhysicalKey(source)}, got none`, { field: 'uris' });
    }
    return { logicalKey, size: found.size, hash: null, meta: {}, bytes: { ...source, versionId: source.versionId ?? found.versionId } };
  });
}

/** An entry of an earlier revision, as a draft of the next. */
export function draftOf(call: Call, logicalKey: string, { physicalKey, size, hash, meta }: ManifestEntry): Draft {
  const bytes = parsePhysicalKey(physicalKey);
  if (bytes === null)
    throw errorOf(call, 'BackendError', `${logicalKey}: expected a physical key in S3, got ${JSON.stringify(physicalKey)}`);
  return { logicalKey, size, hash, meta, bytes };
}

export interface NewRevision {
  readonly place: PackagePlace;
  readonly header: ExactRecord;
  readonly directories: Manifest['directories'];
  readonly drafts: readonly Draft[];
  /** True: objects are copied below the package's name. */
  readonly copy: boolean;
  readonly workflows: WorkflowConfiguration | null;
}

/** Writes a revision and points `latest` at it. */
export async function push(call: Call, revision: NewRevision) {
  const { place, drafts, directories, workflows } = revision;
  const { workflow: _, message = null, ...header } = revision.header;
  const planned = manifestOf({ ...header, message }, directories, drafts, []);
  const workflow = workflows === null ? {} : { workflow: await applyWorkflow(call, workflows, place.name, planned) };
  // Hashed where the bytes are read from: a copy has the same bytes, and nothing is written before all are read.
  const hashed = await mapAtOnce(drafts, async (draft) => (draft.hash === null ? { ...draft, hash: await hashOf(call, draft) } : draft));
  const places = await mapAtOnce(hashed, (draft) => putInPlace(call, place, draft, revision.copy));
  const manifest = manifestOf({ ...header, ...workflow, message }, directories, hashed, places);
  const hash = topHash(manifest);
  await putObject(call, place.bucket, manifestKey(hash), printManifest(manifest));
  await putObject(call, place.bucket, pointerKey(place.name, String(Math.floor(call.session.now() / 1000))), hash);
  await putObject(call, place.bucket, pointerKey(place.name, LATEST), hash);
  return { ...place, topHash: hash, totalEntries: manifest.entries.size };
}

function manifestOf(
  header: ExactRecord,
  directories: Manifest['directories'],
  drafts: readonly Draft[],
  places: readonly string[],
): Manifest {
  const entries = drafts.map(
    ({ logicalKey, size, hash, meta }, index) => [logicalKey, { physicalKey: places[index] ?? '', size, hash, meta }] as const,
  );
  return { header, directories, entries: new Map(entries) };
}

async function hashOf(call: Call, { bytes, size }: Draft): Promise<Exact> {
  if (bytes instanceof Uint8Array) return chunked(chunkedHash(bytes));
  const hashes: Uint8Array[] = [];
  for (const { start, end } of chunkRanges(size)) hashes.push(hashChunk(await getRange(call, bytes, start, end)));
  return chunked(combineChunks(hashes));
}

/** Uploads or copies an entry where that is due; answers its physical key. */
async function putInPlace(call: Call, { bucket, name }: PackagePlace, { logicalKey, bytes }: Draft, copy: boolean): Promise<string> {
  const key = `${name}/${logicalKey}`;
  if (bytes instanceof Uint8Array) return printPhysicalKey({ bucket, key, versionId: await putObject(call, bucket, key, bytes) });
  const there = bytes.bucket === bucket && bytes.key === key;
  if (!copy || there) return printPhysicalKey(bytes);
  return printPhysicalKey({ bucket, key, versionId: await copyObject(call, bytes, bucket, key) });
}
