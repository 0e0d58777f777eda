/** Packages of a bucket, their revisions and what a revision is. Every list is read to its end (P-14, C-12). */
import { z } from 'zod';
import type { Json } from '../shapes.ts';
import { document } from './document.ts';
import { bucketAsked, noBucket, noPackage } from './not-found.ts';
import { asJson, type Client, type Topic, using } from './operation.ts';
import { bucketOf, packagePlace } from './parameters.ts';

const perPage = 1_000;

const packageNames = document(
  'PackageNames',
  z.object({ packages: z.object({ total: z.number(), page: z.array(z.object({ name: z.string() })) }).nullable() }),
);

const revisionFields = { hash: z.string(), modified: z.string(), message: z.string().nullable(), userMeta: z.unknown() };

const packageAt = document(
  'PackageAt',
  z.object({
    bucketAsked,
    package: z
      .object({
        bucket: z.string(),
        name: z.string(),
        revision: z
          .object({
            ...revisionFields,
            totalEntries: z.number().nullable(),
            totalBytes: z.number().nullable(),
            workflow: z.object({ id: z.string().nullable() }).nullable(),
          })
          .nullable(),
      })
      .nullable(),
  }),
);

const revisionRows = z.array(z.object(revisionFields));

/** The document that `readRevisions` sends. */
export const packageRevisions = document(
  'PackageRevisions',
  z.object({ bucketAsked, package: z.object({ revisions: z.object({ total: z.number(), page: revisionRows }) }).nullable() }),
);

/** Every revision of a package, newest first; null when there is no such package. Throws NotFoundError for its bucket. */
export async function readRevisions(client: Client<typeof packageRevisions>, place: { readonly bucket: string; readonly name: string }) {
  return readPages(async (page) => {
    const answer = await client.ask(packageRevisions, { ...place, page, perPage });
    if (answer.bucketAsked === null) throw noBucket(client, place.bucket);
    return answer.package?.revisions ?? null;
  });
}

/** All rows of a list: pages from 1 until its total is reached, or a page has none. Null when there is no list. */
async function readPages<R>(read: (page: number) => Promise<{ total: number; page: R[] } | null>): Promise<readonly R[] | null> {
  const rows: R[] = [];
  for (let number = 1; ; number += 1) {
    const list = await read(number);
    if (list === null) return null;
    rows.push(...list.page);
    if (list.page.length === 0 || rows.length >= list.total) return rows;
  }
}

/** Strings of the metadata's `tags`: of a list its strings in order, of a string itself (P-24). */
function tagsOf(metadata: Json): readonly string[] {
  const tags =
    typeof metadata === 'object' && metadata !== null && !Array.isArray(metadata) ? (metadata as { tags?: Json }).tags : undefined;
  return (Array.isArray(tags) ? tags : [tags]).filter((tag) => typeof tag === 'string');
}

export const packagesRead: Topic<'listPackages' | 'packageInfo' | 'listRevisions'> = {
  listPackages: using([packageNames], async (client, { registry, prefix = '' }) => {
    const bucket = bucketOf(client, registry);
    const rows = await readPages(async (page) => (await client.ask(packageNames, { bucket, page, perPage })).packages);
    if (rows === null) throw noBucket(client, bucket);
    return rows.map(({ name }) => name).filter((name) => name.startsWith(prefix));
  }),

  packageInfo: using([packageAt], async (client, params) => {
    const place = packagePlace(client, params);
    const answer = await client.ask(packageAt, { ...place, hash: params.hash ?? 'latest' });
    if (!answer.package?.revision) throw noPackage(client, answer.bucketAsked, { ...place, hash: params.hash });
    const { bucket, name, revision } = answer.package;
    const metadata = asJson(revision.userMeta);
    return {
      bucket,
      name,
      topHash: revision.hash,
      modified: revision.modified,
      message: revision.message,
      metadata,
      totalEntries: counted(client, revision.totalEntries),
      totalBytes: counted(client, revision.totalBytes),
      tags: tagsOf(metadata),
      workflow: revision.workflow?.id ?? null,
    };
  }),

  listRevisions: using([packageRevisions], async (client, params) => {
    const place = packagePlace(client, params);
    const rows = await readRevisions(client, place);
    if (rows === null) throw noPackage(client, { name: place.bucket }, place);
    return rows.map(({ hash, modified, message, userMeta }) => ({ topHash: hash, modified, message, metadata: asJson(userMeta) }));
  }),
};

/** A count that the schema lets be null, which for a revision that was read means that the registry could not count. */
export function counted(client: Client<never>, count: number | null): number {
  if (count === null)
    throw client.error('BackendError', `${client.operation}: expected the revision to be counted, got null`, { code: 'broken-body' });
  return count;
}
