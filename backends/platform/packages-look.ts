/** Looking into a revision: directories, files, a URL for a file's bytes, and what changed between two. */
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { Json } from '../shapes.ts';
import type { Entry } from '../values.ts';
import { browsedUrl } from './catalog.ts';
import { type ContentsEntry, contentsDocuments, packageListing, readContents } from './contents.ts';
import { document } from './document.ts';
import { invalidInput, operationError, refusal } from './failures.ts';
import { bucketAsked, noPackage, noPath } from './not-found.ts';
import { asJson, type Topic, using } from './operation.ts';
import { readPath } from './package-path.ts';
import { checkPackageName, packagePlace, wrongParameter } from './parameters.ts';

const atPath = z.object({ path: z.string() }).nullable();

const packageFileAt = document(
  'PackageFileAt',
  z.object({
    bucketAsked,
    package: z.object({ revision: z.object({ hash: z.string(), dir: atPath, file: atPath }).nullable() }).nullable(),
  }),
);

const openBrowsingSession = document(
  'OpenBrowsingSession',
  z.object({
    browsingSessionCreate: z.discriminatedUnion('__typename', [
      z.object({ __typename: z.literal('BrowsingSession'), id: z.string() }),
      invalidInput,
      operationError,
    ]),
  }),
);

interface Row {
  readonly path: string;
  readonly size: number;
  readonly metadata?: unknown;
}

function fileOf({ path, size, physicalKey, metadata }: Row & { readonly physicalKey: string }): Entry {
  return { path, kind: 'file', size, physicalKey, metadata: userMetadataOf(metadata) };
}

function directoryOf({ path, size, metadata }: Row): Entry {
  return { path, kind: 'directory', size, physicalKey: null, metadata: asJson(metadata) };
}

/** What a user gave an entry: `user_meta` of its whole metadata, null when there is none. */
function userMetadataOf(meta: unknown): Json {
  return typeof meta === 'object' && meta !== null && 'user_meta' in meta ? asJson(meta.user_meta) : null;
}

/** Whether two entries of one logical key are the same, as quilt3 8.0.0 tells them apart; without hashes, by which object they are. */
function same(a: ContentsEntry, b: ContentsEntry): boolean {
  const content = a.hash !== null && b.hash !== null ? isDeepStrictEqual(a.hash, b.hash) : a.physicalKey === b.physicalKey;
  return content && a.size === b.size && isDeepStrictEqual(a.meta ?? {}, b.meta ?? {});
}

export const packagesLook: Topic<'browse' | 'contentUrl' | 'diff'> = {
  browse: using([packageListing], async (client, params) => {
    const asked = { ...packagePlace(client, params), hash: params.hash };
    const path = readPath(params.path);
    const answer = await client.ask(packageListing, { ...asked, hash: asked.hash ?? 'latest', path: path.key });
    const revision = answer.package?.revision;
    if (!revision) throw noPackage(client, answer.bucketAsked, asked);
    if (path.isPossible && revision.dir !== null) {
      const children = revision.dir.children.map((child) => (child.__typename === 'PackageDir' ? directoryOf(child) : fileOf(child)));
      return { ...directoryOf(revision.dir), children };
    }
    if (path.isPossible && !path.isDirectory && revision.file !== null) return { ...fileOf(revision.file), children: null };
    throw noPath(client, asked, params.path);
  }),

  contentUrl: using([packageFileAt, openBrowsingSession], async (client, params) => {
    const path = readPath(params.path);
    const isFile = 'the path of a file';
    const { hash } = params;
    checkPackageName(client, params.name);
    if (params.path === '') throw wrongParameter(client, 'path', isFile, params.path);
    const place = packagePlace(client, params);
    const answer = await client.ask(packageFileAt, { ...place, hash: hash ?? 'latest', path: path.key });
    const revision = answer.package?.revision;
    if (!revision) throw noPackage(client, answer.bucketAsked, { ...place, hash });
    if (path.isPossible && revision.dir !== null) throw wrongParameter(client, 'path', isFile, params.path);
    if (!path.isPossible || path.isDirectory || revision.file === null) throw noPath(client, { ...place, hash }, params.path);
    const scope = `s3://${place.bucket}#package=${place.name}&hash=${revision.hash}`;
    const opened = (await client.ask(openBrowsingSession, { scope })).browsingSessionCreate;
    if (opened.__typename !== 'BrowsingSession') throw refusal(client, opened, {});
    return { url: await browsedUrl(client.session, client.operation, opened.id, path.key) };
  }),

  diff: using(contentsDocuments, async (client, params) => {
    const place = packagePlace(client, params);
    const before = (await readContents(client, { ...place, hash: params.from })).entries;
    const after = (await readContents(client, { ...place, hash: params.to })).entries;
    const kept = [...before].flatMap(([path, old]) => {
      const now = after.get(path);
      return now === undefined ? [] : [{ path, isChanged: !same(old, now) }];
    });
    return {
      added: [...after.keys()].filter((path) => !before.has(path)),
      modified: kept.filter(({ isChanged }) => isChanged).map(({ path }) => path),
      deleted: [...before.keys()].filter((path) => !after.has(path)),
    };
  }),
};
