/** Making, changing and deleting revisions. */
import type { RevisionParams } from '../operations.ts';
import { mapAtOnce } from './at-once.ts';
import { type Call, noDocuments, type Topic } from './call.ts';
import { type ExactRecord, isRecord, toExact } from './exact-json.ts';
import { checkAgainst, newEntriesOf } from './new-entries.ts';
import { deleteObject, listObjects, putObject } from './objects.ts';
import { checkName, noPackage, type PackagePlace, placeOf } from './package-place.ts';
import { draftEntries, draftOf, push } from './push.ts';
import { bucketOf } from './registry-bucket.ts';
import { LATEST, pointerKey, pointersOf } from './registry-layout.ts';
import { openRevision, pushesOf, readPointers } from './revisions.ts';
import { readConfiguration } from './workflow.ts';

/** What the parameters alone tell, in the order of the outcomes: name, entries, registry. */
function readParams(call: Call, params: RevisionParams) {
  checkName(call, params.name);
  const entries = newEntriesOf(call, params);
  const place: PackagePlace = { bucket: bucketOf(call, params.registry), name: params.name };
  return { place, entries, copy: params.copy ?? false, message: params.message ?? null };
}

/** `user_meta` of a header: left out when there is none, which makes another top hash than `{}`. */
const metadataOf = (metadata: RevisionParams['metadata']): ExactRecord => (metadata === undefined ? {} : { user_meta: toExact(metadata) });

/** The same with `given` laid over what is there, key by key at the top level; what is no object counts as nothing. */
function mergedMetadata(header: ExactRecord, given: RevisionParams['metadata']): ExactRecord {
  if (given === undefined) return {};
  const old = header['user_meta'];
  const fresh = toExact(given);
  return { user_meta: { ...(isRecord(old) ? old : {}), ...(isRecord(fresh) ? fresh : {}) } };
}

export const packagesWrite: Topic<'createRevision' | 'updateRevision' | 'deletePackage'> = {
  createRevision: noDocuments('packages are objects in S3', async (call, params) => {
    const { place, entries, copy, message } = readParams(call, params);
    const workflows = await readConfiguration(call, place.bucket);
    const drafts = await draftEntries(call, entries);
    const header = { version: 'v0', ...metadataOf(params.metadata), message };
    return push(call, { place, header, directories: new Map(), drafts, copy, workflows });
  }),

  updateRevision: noDocuments('packages are objects in S3', async (call, params) => {
    const { place, entries, copy, message } = readParams(call, params);
    const workflows = await readConfiguration(call, place.bucket);
    const { manifest } = await openRevision(call, place, undefined);
    const drafts = await draftEntries(call, entries);
    const replaced = new Set(entries.map(({ logicalKey }) => logicalKey));
    checkAgainst(call, entries, new Set([...manifest.entries.keys()].filter((key) => !replaced.has(key))));
    const kept = [...manifest.entries].filter(([key]) => !replaced.has(key)).map(([key, entry]) => draftOf(call, key, entry));
    const header = { ...manifest.header, ...mergedMetadata(manifest.header, params.metadata), message };
    return push(call, { place, header, directories: manifest.directories, drafts: [...kept, ...drafts], copy, workflows });
  }),

  deletePackage: noDocuments('packages are objects in S3', async (call, params) => {
    const place = placeOf(call, params);
    const { bucket, name } = place;
    if (params.hash === undefined) {
      const pointers = await listObjects(call, bucket, pointersOf(name));
      // `latest` goes first: whoever looks in between finds no package rather than one that lost its revisions.
      const keys = pointers.map(({ key }) => key).sort((a) => (a === pointerKey(name, LATEST) ? -1 : 1));
      for (const key of keys) await deleteObject(call, bucket, key);
      return {};
    }
    const pointers = await readPointers(call, place);
    const asked = pointers.find(({ tag, topHash }) => tag === params.hash || topHash === params.hash);
    if (asked === undefined) throw noPackage(call, place, params.hash);
    const gone = pointers.filter(({ topHash }) => topHash === asked.topHash);
    const [newest] = pushesOf(pointers).filter(({ topHash }) => topHash !== asked.topHash);
    if (newest !== undefined && gone.some(({ tag }) => tag === LATEST))
      await putObject(call, bucket, pointerKey(name, LATEST), newest.topHash);
    const tags = gone.map(({ tag }) => tag).filter((tag) => tag !== LATEST || newest === undefined);
    await mapAtOnce(tags, (tag) => deleteObject(call, bucket, pointerKey(name, tag)));
    return {};
  }),
};
