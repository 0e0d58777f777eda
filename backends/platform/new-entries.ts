/** What the arguments of a push come to: one entry a logical key, or a ValidationError before anything is sent (P-12, P-30). */
import type { RevisionParams } from '../operations.ts';
import type { ContentsEntry } from './contents.ts';
import type { Client } from './operation.ts';
import { parentsOf } from './package-path.ts';
import { wrongParameter } from './parameters.ts';

/** An entry as `PackageConstructEntry` has it; what is left out the registry works out itself. */
export interface NewEntry {
  readonly logicalKey: string;
  readonly physicalKey: string;
  readonly hash?: { readonly type: string; readonly value: string };
  readonly size?: number;
  readonly meta?: unknown;
}

/** Why this backend neither uploads nor copies; its support table says so. */
export const withoutS3 = 'only a client that speaks to S3 can upload or copy';

/**
 * Entries for the objects named. Throws ValidationError for an address that is none, a key that no entry can have, two entries on one key or
 * one below another, and what only a client with S3 can do.
 */
export function newEntries(client: Client<never>, { uris = [], files = [], copy, organise = true }: RevisionParams): readonly NewEntry[] {
  const entries = uris.map((uri) => {
    const key = keyOf(uri);
    if (key === null) throw wrongParameter(client, 'uris', 's3://bucket/key with or without ?versionId=', uri);
    return { logicalKey: organise ? key : key.slice(key.lastIndexOf('/') + 1), physicalKey: uri };
  });
  for (const { logicalKey } of entries) {
    if (logicalKey.split('/').some((segment) => ['', '.', '..'].includes(segment))) {
      throw wrongParameter(client, 'uris', 'a logical key without empty, . or .. segments', logicalKey);
    }
  }
  const keys = entries.map(({ logicalKey }) => logicalKey);
  const collision = keys.find((key, index) => keys.indexOf(key) < index || parentsOf(key).some((parent) => keys.includes(parent)));
  if (collision !== undefined) throw wrongParameter(client, 'uris', 'each logical key once and none a directory of another', collision);
  if (files.length > 0)
    throw wrongParameter(client, 'files', `objects that are in S3 already, since ${withoutS3}`, `${files.length} files`);
  if (copy === true) throw wrongParameter(client, 'copy', `false, since ${withoutS3}`, copy);
  return entries;
}

/** Entries of a revision that stay beside the new ones, as they are; throws ValidationError where a new one would be their directory, or below one. */
export function keptEntries(
  client: Client<never>,
  entries: ReadonlyMap<string, ContentsEntry>,
  added: readonly NewEntry[],
): readonly NewEntry[] {
  const directories = new Set([...entries.keys()].flatMap(parentsOf));
  const collision = added.find(
    ({ logicalKey }) => directories.has(logicalKey) || parentsOf(logicalKey).some((parent) => entries.has(parent)),
  );
  if (collision !== undefined) throw wrongParameter(client, 'uris', 'no directory of an entry, and none below one', collision.logicalKey);
  const replaced = new Set(added.map(({ logicalKey }) => logicalKey));
  return [...entries]
    .filter(([logicalKey]) => !replaced.has(logicalKey))
    .map(([logicalKey, { physicalKey, size, hash, meta }]) => ({
      logicalKey,
      physicalKey,
      size,
      ...(hash !== null && { hash }),
      ...(meta !== null && { meta }),
    }));
}

/** Object key of an address, percent-decoded; null when it is no address of an object. */
function keyOf(uri: string): string | null {
  const encoded = /^s3:\/\/[^/?#]+\/([^?#]+)(?:\?versionId=[^&#]+)?$/s.exec(uri)?.[1];
  if (encoded === undefined || encoded.endsWith('/')) return null;
  try {
    return decodeURIComponent(encoded);
  } catch {
    return null;
  }
}
