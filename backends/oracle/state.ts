/** What the model holds of one tenant. Instants are `@CALL`, generated names `#LABEL`, as `shapes.ts` has them for the expected side. */
import type { FaultSpec, TenantSpec } from '../../fixtures/control.ts';
import type { Json } from '../shapes.ts';

export type Level = 'READ' | 'READ_WRITE';

/** One version of an object; its bytes are kept as text where they are short enough to be configuration. */
export interface ObjectVersion {
  readonly id: string;
  readonly size: number;
  readonly sha256: string;
  readonly chunked: string;
  readonly text: string | null;
}

export interface Entry {
  /** `s3://bucket/key?versionId=ID`, key percent-encoded. */
  readonly physicalKey: string;
  readonly size: number;
  readonly hash: { readonly type: string; readonly value: string };
  /** User metadata; absent and `{}` are two things. */
  readonly metadata?: Json;
}

export interface Manifest {
  readonly message: string | null;
  /** `user_meta` of the header; absent and `{}` are two things. */
  readonly metadata?: Json;
  /** Recorded workflow; absent where the bucket has no configuration. */
  readonly workflow?: { readonly id: string | null };
  readonly entries: ReadonlyMap<string, Entry>;
}

/** A push: the pointer named by its second. */
export interface Pointer {
  readonly hash: string;
  readonly at: string;
  /** Key of the pointer's object. */
  readonly key: string;
}

export interface StoredPackage {
  /** Oldest first. */
  pointers: Pointer[];
  latest: string;
}

export interface StoredBucket {
  readonly name: string;
  readonly objects: Map<string, ObjectVersion[]>;
  readonly packages: Map<string, StoredPackage>;
  readonly manifests: Map<string, Manifest>;
}

export interface User {
  readonly name: string;
  email: string;
  readonly dateJoined: string;
  lastLogin: string;
  isActive: boolean;
  isAdmin: boolean;
  readonly isSsoOnly: boolean;
  role: Role | null;
  extraRoles: Role[];
}

export interface Role {
  readonly id: string;
  name: string;
  arn: string;
  readonly managed: boolean;
  readonly builtIn: Level | null;
  policies: Policy[];
}

export interface Policy {
  readonly id: string;
  title: string;
  arn: string;
  readonly managed: boolean;
  permissions: { readonly bucket: string; readonly level: Level }[];
}

/** Settings of a bucket of the stack. */
export interface StackBucket {
  title: string;
  description: string | null;
  tags: readonly string[] | null;
  iconUrl: string | null;
  linkedData: Json;
  overviewUrl: string | null;
  relevanceScore: number;
  browsable: boolean;
  lastIndexed: string | null;
  snsNotificationArn: string | null;
  scannerParallelShardsDepth: number | null;
  skipMetaDataIndexing: boolean | null;
  fileExtensionsToIndex: readonly string[] | null;
  indexContentBytes: number | null;
  readonly tables: Map<string, string>;
}

export interface Sso {
  readonly text: string;
  readonly timestamp: string;
  readonly uploader: string;
  readonly defaultRole: string;
  /** Names of all roles that it speaks of. */
  readonly roles: readonly string[];
}

/** A token of the registry. */
export interface Token {
  readonly tenant: Tenant;
  readonly user: string;
  /** Seconds of the tenant's clock. */
  readonly expires: number;
  /** False when its signature is not the registry's. */
  readonly genuine: boolean;
  readonly claims: Readonly<Record<string, unknown>>;
}

/** Temporary keys. */
export interface TemporaryKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly user: User;
  readonly expires: number;
}

/** A fault that was set, and how often it met a request. */
export interface ActiveFault {
  readonly spec: FaultSpec;
  seen: number;
  fired: number;
}

/** What a content URL of the model stands for. */
export interface ContentUrl {
  readonly sha256: string;
  readonly size: number;
  readonly expires: number;
}

export interface Tenant {
  readonly spec: Required<TenantSpec>;
  readonly bucketNames: readonly string[];
  /** Its own catalog: config.json is asked for without a token, so that only the URL says whose it is. */
  readonly catalogUrl: string;
  readonly keys: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** Seconds added to the clock so far. */
  clock: number;
  readonly s3: Map<string, StoredBucket>;
  readonly users: Map<string, User>;
  roles: Role[];
  policies: Policy[];
  readonly stack: Map<string, StackBucket>;
  defaultRole: Role | null;
  sso: Sso | null;
  openQuery: boolean;
  readonly temporaryKeys: Map<string, TemporaryKeys>;
  readonly contentUrls: Map<string, ContentUrl>;
  faults: ActiveFault[];
}
