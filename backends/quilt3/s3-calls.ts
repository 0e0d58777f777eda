/** Which requests an operation of this backend may make beside its documents: S3 by operation, REST by route. Seen to hold for every case of a whole run. */
import type { OperationName } from '../operations.ts';

const PUSH = ['s3 GetObject', 's3 HeadObject', 's3 PutObject', 's3 CopyObject'] as const;
const READ = ['s3 GetObject', 's3 ListObjectsV2'] as const;

/** Requests that any operation may need first: keys by the user's token where none were given, and the catalog's word on where the registry is. */
export const FIRST_CALLS: readonly string[] = ['rest GET /api/auth/get_credentials', 'rest POST /api/token', 'catalog GET /config.json'];

/** Operation → requests; an operation that is not here sends its documents alone. */
export const S3_CALLS: Readonly<Partial<Record<OperationName, readonly string[]>>> = {
  listPackages: ['s3 ListObjectsV2'],
  packageInfo: READ,
  listRevisions: READ,
  browse: READ,
  contentUrl: ['s3 GetObject', 's3 HeadObject'],
  diff: READ,
  searchPackages: ['rest GET /api/search'],
  createRevision: PUSH,
  updateRevision: [...PUSH, 's3 ListObjectsV2'],
  deletePackage: ['s3 ListObjectsV2', 's3 GetObject', 's3 PutObject', 's3 DeleteObject'],
};
