/** Every operation of QuiltOps: its parameters (types) and the shape of its value (data). The table is the interface; all else is derived from it. */
import type { Json, Shape, ValueOf } from './shapes.ts';
import { nullable, record, sequence, set, string } from './shapes.ts';
import * as value from './values.ts';

/** Which package registry: `s3://bucket`, `s3://bucket/`, or a bare bucket name; the session's default when absent. */
interface InRegistry {
  readonly registry?: string;
}

/** A package at a revision: `hash` is a top hash or a tag, `latest` when absent. */
interface AtRevision extends InRegistry {
  readonly name: string;
  readonly hash?: string;
}

/** A new entry made from bytes. */
export interface NewFile {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly metadata?: { readonly [key: string]: Json };
}

export interface RevisionParams extends InRegistry {
  readonly name: string;
  /** Objects to enter, `s3://bucket/key` with or without `?versionId=`. */
  readonly uris?: readonly string[];
  /** Entries from bytes, uploaded by the client. */
  readonly files?: readonly NewFile[];
  /** Package metadata. For an update: merged over what is there, key by key at the top level. */
  readonly metadata?: { readonly [key: string]: Json };
  readonly message?: string;
  /** True (default): the logical key is the whole object key; false: its last segment. */
  readonly organise?: boolean;
  /** True: objects are copied below the package's name in the registry's bucket; false (default): referred to where they are. */
  readonly copy?: boolean;
}

export interface PolicyParams {
  readonly title: string;
  readonly permissions: readonly { readonly bucket: string; readonly level: string }[];
  readonly roles: readonly string[];
}

export interface UnmanagedPolicyParams {
  readonly title: string;
  readonly arn: string;
  readonly roles: readonly string[];
}

export interface BucketParams {
  readonly name: string;
  readonly title: string;
  readonly description?: string;
  readonly iconUrl?: string;
  readonly linkedData?: Json;
  readonly overviewUrl?: string;
  readonly tags?: readonly string[];
  readonly relevanceScore?: number;
  readonly browsable?: boolean;
  readonly fileExtensionsToIndex?: readonly string[];
  readonly indexContentBytes?: number;
  readonly snsNotificationArn?: string;
  readonly scannerParallelShardsDepth?: number;
  readonly skipMetaDataIndexing?: boolean;
}

export interface NewBucketParams extends BucketParams {
  /** True leaves the first scan for later; until then nothing of the bucket is indexed. */
  readonly delayScan?: boolean;
}

interface Named {
  readonly name: string;
}

interface ById {
  readonly id: string;
}

interface Table {
  readonly bucket: string;
  readonly table: string;
}

type None = Record<never, never>;

/** An operation: the shape of its value, and (as a type only) its parameters. */
export interface Operation<P, S extends Shape> {
  readonly value: S;
  /** Never present at run time; carries the type of the parameters. */
  readonly params?: P;
}

const op =
  <P>() =>
  <const S extends Shape>(shape: S): Operation<P, S> => ({ value: shape });

export const operations = {
  authStatus: op<None>()(value.authStatus),
  catalogConfig: op<None>()(value.catalogConfig),
  configureCatalog: op<{ readonly catalogUrl: string }>()(value.catalogConfig),
  registryUrl: op<None>()(record({ registryUrl: string })),
  listBuckets: op<None>()(set(string)),
  bucketInfo: op<{ readonly bucket: string }>()(value.bucketInfo),
  /** Names of all packages, or of those that begin with `prefix`. */
  listPackages: op<InRegistry & { readonly prefix?: string }>()(set(string)),
  /** Latest revisions that match every word of `query` in name, message or metadata; `*` matches all. */
  searchPackages: op<InRegistry & { readonly query: string; readonly limit?: number }>()(set(value.packageSummary, 'name')),
  packageInfo: op<AtRevision>()(value.packageInfo),
  /** Newest first. */
  listRevisions: op<InRegistry & Named>()(sequence(value.revision)),
  browse: op<AtRevision & { readonly path: string }>()(value.listing),
  contentUrl: op<AtRevision & { readonly path: string }>()(value.contentUrl),
  diff: op<InRegistry & Named & { readonly from: string; readonly to: string }>()(value.packageDiff),
  createRevision: op<RevisionParams>()(value.pushed),
  updateRevision: op<RevisionParams>()(value.pushed),
  /** The whole package, or the one revision `hash`. */
  deletePackage: op<AtRevision>()(value.nothing),
  awsCredentials: op<None>()(value.awsCredentials),
  graphql: op<{ readonly query: string; readonly variables?: { readonly [key: string]: Json } }>()(value.graphqlAnswer),

  'admin.users.list': op<None>()(set(value.user, 'name')),
  'admin.users.get': op<Named>()(value.user),
  'admin.users.create': op<Named & { readonly email: string; readonly role: string; readonly extraRoles?: readonly string[] }>()(
    value.userWithRole,
  ),
  'admin.users.delete': op<Named>()(value.nothing),
  'admin.users.setEmail': op<Named & { readonly email: string }>()(value.user),
  'admin.users.setRole': op<Named & { readonly role: string; readonly extraRoles?: readonly string[]; readonly append?: boolean }>()(
    value.userWithRole,
  ),
  'admin.users.addRoles': op<Named & { readonly roles: readonly string[] }>()(value.userWithRole),
  'admin.users.removeRoles': op<Named & { readonly roles: readonly string[]; readonly fallback?: string }>()(value.userWithRole),
  'admin.users.setAdmin': op<Named & { readonly admin: boolean }>()(value.user),
  'admin.users.setActive': op<Named & { readonly active: boolean }>()(value.user),
  'admin.users.resetPassword': op<Named>()(value.nothing),

  'admin.roles.list': op<None>()(set(value.role, 'name')),
  'admin.roles.get': op<ById>()(value.role),
  'admin.roles.createManaged': op<Named & { readonly policies: readonly string[] }>()(value.role),
  'admin.roles.createUnmanaged': op<Named & { readonly arn: string }>()(value.unmanagedRole),
  'admin.roles.updateManaged': op<ById & Named & { readonly policies: readonly string[] }>()(value.role),
  'admin.roles.updateUnmanaged': op<ById & Named & { readonly arn: string }>()(value.unmanagedRole),
  'admin.roles.delete': op<ById>()(value.nothing),
  'admin.roles.getDefault': op<None>()(nullable(value.role)),
  'admin.roles.setDefault': op<ById>()(value.role),

  'admin.policies.list': op<None>()(set(value.policy, 'title')),
  'admin.policies.get': op<ById>()(value.policy),
  'admin.policies.createManaged': op<PolicyParams>()(value.policy),
  'admin.policies.createUnmanaged': op<UnmanagedPolicyParams>()(value.unmanagedPolicy),
  'admin.policies.updateManaged': op<ById & PolicyParams>()(value.policy),
  'admin.policies.updateUnmanaged': op<ById & UnmanagedPolicyParams>()(value.unmanagedPolicy),
  'admin.policies.delete': op<ById>()(value.nothing),

  'admin.sso.get': op<None>()(nullable(value.ssoConfig)),
  'admin.sso.set': op<{ readonly config: string }>()(value.ssoConfig),
  'admin.sso.remove': op<None>()(value.nothing),

  'admin.buckets.list': op<None>()(set(value.bucketConfig, 'name')),
  'admin.buckets.get': op<Named>()(value.bucketConfig),
  'admin.buckets.add': op<NewBucketParams>()(value.bucketConfig),
  'admin.buckets.update': op<BucketParams>()(value.bucketConfig),
  'admin.buckets.remove': op<Named>()(value.nothing),

  'tabulator.list': op<{ readonly bucket: string }>()(set(value.tabulatorTable, 'name')),
  'tabulator.get': op<Table>()(value.tabulatorTable),
  /** A table of that name must not exist. */
  'tabulator.create': op<Table & { readonly config: string }>()(value.tabulatorTable),
  /** A table of that name must exist. */
  'tabulator.update': op<Table & { readonly config: string }>()(value.tabulatorTable),
  'tabulator.rename': op<Table & { readonly newName: string }>()(value.tabulatorTable),
  'tabulator.delete': op<Table>()(value.nothing),
  'tabulator.getOpenQuery': op<None>()(value.openQuery),
  'tabulator.setOpenQuery': op<{ readonly enabled: boolean }>()(value.openQuery),
} as const;

export type OperationName = keyof typeof operations;
export type ParamsOf<K extends OperationName> = (typeof operations)[K] extends Operation<infer P, Shape> ? P : never;
export type ResultOf<K extends OperationName> = (typeof operations)[K] extends Operation<infer _P, infer S> ? ValueOf<S> : never;

/** All operation names, in the order of the table. */
export const operationNames = Object.keys(operations) as OperationName[];
