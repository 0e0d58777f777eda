/** What is not there: which of the things that an operation addresses, in the order bucket, package, revision, path. */
import { z } from 'zod';
import type { QuiltError } from '../errors.ts';
import type { Client } from './operation.ts';

/** `bucketAsked` of a document: null when the caller can read no such bucket, which a null package would not tell. */
export const bucketAsked = z.object({ name: z.string() }).nullable();

/** The error for a bucket that is not in the stack, or that the caller may not read. */
export function noBucket(client: Client<never>, bucket: string): QuiltError {
  return client.error('NotFoundError', `bucket: expected one of the stack that you may read, got ${JSON.stringify(bucket)}`, { bucket });
}

interface Asked {
  readonly bucket: string;
  readonly name: string;
  /** Absent when no revision was asked for. */
  readonly hash?: string | undefined;
}

/** The error for a package or revision that is not there, or for its bucket. */
export function noPackage(client: Client<never>, bucketFound: z.infer<typeof bucketAsked>, { bucket, name, hash }: Asked): QuiltError {
  if (bucketFound === null) return noBucket(client, bucket);
  const what = hash === undefined ? `a package ${name}` : `a revision ${hash} of ${name}`;
  return client.error('NotFoundError', `package: expected ${what} in ${bucket}, got none`, {
    package: name,
    ...(hash !== undefined && { hash }),
  });
}

/** The error for a path of a revision that nothing is at. */
export function noPath(client: Client<never>, { name, hash }: Asked, path: string): QuiltError {
  const facts = { package: name, path, ...(hash !== undefined && { hash }) };
  return client.error('NotFoundError', `path: expected ${JSON.stringify(path)} in ${name}, got nothing`, facts);
}
