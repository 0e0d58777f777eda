/** Making, changing and deleting revisions: the registry does the work, this says of what. */
import { z } from 'zod';
import type { RevisionParams } from '../operations.ts';
import type { Json } from '../shapes.ts';
import { contentsDocuments, readContents } from './contents.ts';
import { document } from './document.ts';
import { invalidInput, type Meanings, members, operationError, refusal } from './failures.ts';
import { keptEntries, type NewEntry, newEntries } from './new-entries.ts';
import { bucketAsked, noPackage } from './not-found.ts';
import { type Client, type Topic, using } from './operation.ts';
import { counted, packageRevisions, readRevisions } from './packages-read.ts';
import { checkPackageName, packagePlace } from './parameters.ts';

const constructPackage = document(
  'ConstructPackage',
  z.object({
    packageConstruct: z.discriminatedUnion('__typename', [
      z.object({
        __typename: z.literal('PackagePushSuccess'),
        package: z.object({ bucket: z.string(), name: z.string() }),
        revision: z.object({ hash: z.string(), totalEntries: z.number().nullable() }),
      }),
      invalidInput,
      operationError,
    ]),
  }),
);

const revisionHash = document(
  'RevisionHash',
  z.object({ bucketAsked, package: z.object({ revision: z.object({ hash: z.string() }).nullable() }).nullable() }),
);

const deletePackageRevision = document(
  'DeletePackageRevision',
  z.object({ packageRevisionDelete: z.discriminatedUnion('__typename', [members('PackageRevisionDeleteSuccess'), operationError]) }),
);

interface Place {
  readonly bucket: string;
  readonly name: string;
}

/** What the registry says of a bucket that is not for the caller to write to. */
function bucketMeanings(bucket: string): Meanings {
  return { BucketNotFound: ['NotFoundError', { bucket }], Forbidden: ['PermissionError', { bucket }] };
}

/** What a push says of itself; metadata null is none. */
interface Header {
  readonly message?: string | undefined;
  readonly metadata?: Json | undefined;
}

/** Makes a revision of these entries. */
async function construct(
  client: Client<typeof constructPackage>,
  place: Place,
  { message, metadata }: Header,
  entries: readonly NewEntry[],
) {
  const variables = { params: { ...place, message, userMeta: metadata }, src: { entries } };
  const made = (await client.ask(constructPackage, variables)).packageConstruct;
  if (made.__typename !== 'PackagePushSuccess') {
    // InvalidInput says the same of the bucket of an entry, which is a wrong parameter.
    throw refusal(client, made, made.__typename === 'OperationError' ? bucketMeanings(place.bucket) : {});
  }
  return { ...made.package, topHash: made.revision.hash, totalEntries: counted(client, made.revision.totalEntries) };
}

/** Metadata of an update: the given keys over those that are there, where these are an object. */
function merged(old: Json, given: RevisionParams['metadata']): Json {
  if (given === undefined) return old;
  return typeof old === 'object' && !Array.isArray(old) ? { ...old, ...given } : given;
}

export const packagesWrite: Topic<'createRevision' | 'updateRevision' | 'deletePackage'> = {
  createRevision: using([constructPackage], async (client, params) => {
    checkPackageName(client, params.name);
    const entries = newEntries(client, params);
    return construct(client, packagePlace(client, params), params, entries);
  }),

  updateRevision: using([constructPackage, ...contentsDocuments], async (client, params) => {
    checkPackageName(client, params.name);
    const added = newEntries(client, params);
    const place = packagePlace(client, params);
    const latest = await readContents(client, place);
    const kept = keptEntries(client, latest.entries, added);
    const header = { message: params.message, metadata: merged(latest.metadata, params.metadata) };
    return construct(client, place, header, [...kept, ...added]);
  }),

  deletePackage: using([deletePackageRevision, packageRevisions, revisionHash], async (client, params) => {
    const place = packagePlace(client, params);
    const { hash } = params;
    const hashes = hash === undefined ? await hashesOf(client, place) : [await hashAt(client, place, hash)];
    for (const each of hashes) {
      const deleted = (await client.ask(deletePackageRevision, { ...place, hash: each })).packageRevisionDelete;
      if (deleted.__typename === 'PackageRevisionDeleteSuccess') continue;
      const gone = { package: place.name, ...(hash !== undefined && { hash }) };
      throw refusal(client, deleted, { ...bucketMeanings(place.bucket), RevisionNotFound: ['NotFoundError', gone] });
    }
    return {};
  }),
};

/** Top hashes of all revisions, each once, since one can stand for several pushes; the oldest first, so that a reader still finds the latest. */
async function hashesOf(client: Client<typeof packageRevisions>, place: Place): Promise<readonly string[]> {
  const rows = (await readRevisions(client, place)) ?? [];
  return [...new Set(rows.map(({ hash }) => hash))].reverse();
}

/** Top hash of the revision that a hash or tag names, since only a hash can be deleted. */
async function hashAt(client: Client<typeof revisionHash>, place: Place, hash: string): Promise<string> {
  const answer = await client.ask(revisionHash, { ...place, hash });
  if (!answer.package?.revision) throw noPackage(client, answer.bucketAsked, { ...place, hash });
  return answer.package.revision.hash;
}
