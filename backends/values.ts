/** The values that operations answer with: one shape a value, in the field's own words. */
import type { ValueOf } from './shapes.ts';
import {
  boolean,
  empty,
  identifier,
  instant,
  json,
  nullable,
  number,
  objectUrl,
  presignedUrl,
  record,
  sequence,
  set,
  string,
} from './shapes.ts';

export const nothing = record({});

export const authStatus = record({
  authenticated: boolean,
  /** Null when no one is signed in. */
  user: nullable(record({ name: string, email: string, isAdmin: boolean, role: string, roles: set(string) })),
  catalogUrl: nullable(string),
  registryUrl: nullable(string),
});

export const catalogConfig = record({
  catalogUrl: string,
  registryUrl: string,
  region: string,
  apiGatewayEndpoint: string,
  analyticsBucket: string,
});

export const bucketInfo = record({ name: string, title: string, description: nullable(string), tags: nullable(sequence(string)) });

export const packageSummary = record({
  bucket: string,
  name: string,
  topHash: string,
  modified: instant,
  message: nullable(string),
  /** Package metadata; null when there is none. */
  metadata: nullable(json),
  totalEntries: number,
  totalBytes: number,
});

export const packageInfo = record({
  ...packageSummary.fields,
  /** Strings of the metadata's `tags`: a list gives its strings in order, a string gives itself, anything else gives none. */
  tags: sequence(string),
  /** Id of the workflow the revision was pushed under. */
  workflow: nullable(string),
});

export const revision = record({ topHash: string, modified: instant, message: nullable(string), metadata: nullable(json) });

const entryFields = {
  /** Logical key from the package's root, without a trailing slash; '' is the root. */
  path: string,
  kind: string,
  /** Bytes; of a directory the sum of all below. */
  size: number,
  /** Null for a directory. */
  physicalKey: nullable(objectUrl),
  /** User metadata of the entry; null when there is none. */
  metadata: nullable(json),
} as const;

/** One entry of a package: `kind` is `file` or `directory`. */
export const entry = record(entryFields);

/** An entry with, for a directory, what stands directly in it; null children for a file. */
export const listing = record({ ...entryFields, children: nullable(set(entry, 'path')) });

export const contentUrl = record({ url: presignedUrl });

/** Logical keys, from the first revision's point of view. */
export const packageDiff = record({ added: set(string), modified: set(string), deleted: set(string) });

export const pushed = record({ bucket: string, name: string, topHash: string, totalEntries: number });

export const awsCredentials = record({
  accessKeyId: identifier,
  secretAccessKey: identifier,
  sessionToken: identifier,
  expires: instant,
});

/** The server's whole answer: `errors` is null when there are none, and holds their messages otherwise. */
export const graphqlAnswer = record({ data: nullable(json), errors: nullable(sequence(string)) });

export const user = record({
  name: string,
  email: string,
  isActive: boolean,
  isAdmin: boolean,
  isSsoOnly: boolean,
  isService: boolean,
  dateJoined: instant,
  lastLogin: instant,
  role: nullable(string),
  extraRoles: set(string),
});

/** A user whom the operation gave a role, or left one. */
export const userWithRole = record({ ...user.fields, role: string });

export const bucketPermission = record({ bucket: string, level: string });

export const role = record({
  id: identifier,
  name: string,
  arn: identifier,
  managed: boolean,
  policies: set(record({ id: identifier, title: string }), 'title'),
  permissions: set(bucketPermission, 'bucket'),
});

/** An unmanaged role is an ARN that IAM knows: the registry attaches nothing to it and knows no permission of it (schema: UnmanagedRole). */
export const unmanagedRole = record({
  ...role.fields,
  policies: empty(role.fields.policies.of),
  permissions: empty(bucketPermission),
});

export const policy = record({
  id: identifier,
  title: string,
  arn: identifier,
  managed: boolean,
  permissions: set(bucketPermission, 'bucket'),
  roles: set(record({ id: identifier, name: string }), 'name'),
});

/** What an unmanaged policy grants stands in IAM alone. */
export const unmanagedPolicy = record({ ...policy.fields, permissions: empty(bucketPermission) });

export const ssoConfig = record({ text: string, timestamp: instant, uploader: string });

export const bucketConfig = record({
  ...bucketInfo.fields,
  iconUrl: nullable(string),
  linkedData: nullable(json),
  overviewUrl: nullable(string),
  relevanceScore: number,
  browsable: boolean,
  lastIndexed: nullable(instant),
  snsNotificationArn: nullable(string),
  scannerParallelShardsDepth: nullable(number),
  skipMetaDataIndexing: nullable(boolean),
  fileExtensionsToIndex: nullable(sequence(string)),
  indexContentBytes: nullable(number),
});

export const tabulatorTable = record({ name: string, config: string });

export const openQuery = record({ enabled: boolean });

export type Entry = ValueOf<typeof entry>;
export type Listing = ValueOf<typeof listing>;
export type Role = ValueOf<typeof role>;
export type Policy = ValueOf<typeof policy>;
export type User = ValueOf<typeof user>;
export type UserWithRole = ValueOf<typeof userWithRole>;
