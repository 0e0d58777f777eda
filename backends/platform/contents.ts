/** Everything in a revision at once, for operations that compare or rewrite it. */
import { z } from 'zod';
import type { Json } from '../shapes.ts';
import { document } from './document.ts';
import { bucketAsked, noPackage } from './not-found.ts';
import { asJson, type Client } from './operation.ts';

/** Most entries that are asked for in one answer; the real registry gives no more than 10,000. */
const most = 10_000;

const fileFields = { path: z.string(), size: z.number(), physicalKey: z.string(), metadata: z.unknown() };
const directoryFields = { path: z.string(), size: z.number(), metadata: z.unknown() };

export const packageListing = document(
  'PackageListing',
  z.object({
    bucketAsked,
    package: z
      .object({
        revision: z
          .object({
            dir: z
              .object({
                ...directoryFields,
                children: z.array(
                  z.discriminatedUnion('__typename', [
                    z.object({ __typename: z.literal('PackageFile'), ...fileFields }),
                    z.object({ __typename: z.literal('PackageDir'), ...directoryFields }),
                  ]),
                ),
              })
              .nullable(),
            file: z.object(fileFields).nullable(),
          })
          .nullable(),
      })
      .nullable(),
  }),
);

const flatEntry = z.object({
  physicalKey: z.string(),
  size: z.number(),
  hash: z.object({ type: z.string(), value: z.string() }).nullish(),
  meta: z.unknown(),
});

const packageContents = document(
  'PackageContents',
  z.object({
    bucketAsked,
    package: z
      .object({
        revision: z
          .object({ hash: z.string(), userMeta: z.unknown(), contentsFlatMap: z.record(z.string(), flatEntry).nullable() })
          .nullable(),
      })
      .nullable(),
  }),
);

/** The documents that `readContents` sends. */
export const contentsDocuments = [packageContents, packageListing] as const;

/** A file of a revision; `hash` is null where the server gave none. */
export interface ContentsEntry {
  readonly physicalKey: string;
  readonly size: number;
  readonly hash: { readonly type: string; readonly value: string } | null;
  /** The entry's whole metadata. */
  readonly meta: Json;
}

export interface Contents {
  readonly topHash: string;
  readonly metadata: Json;
  /** By logical key. */
  readonly entries: ReadonlyMap<string, ContentsEntry>;
}

export interface PackagePlace {
  readonly bucket: string;
  readonly name: string;
  /** Top hash or tag; latest when absent. */
  readonly hash?: string | undefined;
}

/**
 * Every file of a revision. Above its limit the flat map is null, never short; then the directories are walked, which give no hash (C-12).
 * Throws NotFoundError when there is no such package or revision.
 */
export async function readContents(
  client: Client<(typeof contentsDocuments)[number]>,
  { bucket, name, hash }: PackagePlace,
): Promise<Contents> {
  const answer = await client.ask(packageContents, { bucket, name, hash: hash ?? 'latest', max: most });
  const revision = answer.package?.revision;
  if (!revision) throw noPackage(client, answer.bucketAsked, { bucket, name, hash });
  const { contentsFlatMap } = revision;
  const entries =
    contentsFlatMap === null
      ? await walk(client, { bucket, name, hash: revision.hash })
      : Object.entries(contentsFlatMap).map(([path, { physicalKey, size, hash, meta }]): [string, ContentsEntry] => [
          path,
          { physicalKey, size, hash: hash ?? null, meta: asJson(meta) },
        ]);
  return { topHash: revision.hash, metadata: asJson(revision.userMeta), entries: new Map(entries) };
}

async function walk(client: Client<typeof packageListing>, place: PackagePlace): Promise<readonly [string, ContentsEntry][]> {
  const files: [string, ContentsEntry][] = [];
  const directories = [''];
  for (const path of directories) {
    const { dir } = (await client.ask(packageListing, { ...place, path })).package?.revision ?? {};
    if (!dir)
      throw client.error('BackendError', `contents: expected the directory ${path} that its parent lists, got null`, {
        code: 'broken-body',
      });
    for (const child of dir.children) {
      if (child.__typename === 'PackageDir') directories.push(child.path);
      else files.push([child.path, { physicalKey: child.physicalKey, size: child.size, hash: null, meta: asJson(child.metadata) }]);
    }
  }
  return files;
}
