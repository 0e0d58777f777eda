/** A new tenant, as every target that can make one makes it. Names are the same everywhere; ids are generated. */
import type { TenantSpec } from '../../fixtures/control.ts';
import type { Level, Policy, Role, StackBucket, Tenant, User } from './state.ts';

const DEFAULTS: Required<TenantSpec> = {
  buckets: 1,
  s3PageCap: 1000,
  contentsCap: 10_000,
  tokenSeconds: 86_400,
  credentialSeconds: 3_600,
  usersWithoutRole: [],
};

/** What happened before the first call of a case. */
const BEFORE = '@0';

/** Roles that every stack has and nobody can change. */
export const BUILT_IN: Readonly<Record<string, Level>> = { ReadQuiltBucket: 'READ', ReadWriteQuiltBucket: 'READ_WRITE' };

/** Makes a tenant; `label` keeps its names apart from another tenant's, and `fresh` makes a new generated name. */
export function createTenant(spec: TenantSpec, label: string, catalogUrl: string, fresh: (kind: string) => string): Tenant {
  const full = { ...DEFAULTS, ...spec };
  const bucketNames = Array.from({ length: full.buckets }, (_, index) => `crosscheck-oracle-${label}-${index}`);
  const policy = (title: string, level: Level): Policy => {
    const permissions = bucketNames.map((bucket) => ({ bucket, level }));
    return { id: fresh('policy'), title, arn: fresh('policy-arn'), managed: true, permissions };
  };
  const role = (name: string, policies: Policy[], managed = true): Role => {
    return { id: fresh('role'), name, arn: fresh('role-arn'), managed, builtIn: BUILT_IN[name] ?? null, policies };
  };
  const editing = policy('Read and write all buckets', 'READ_WRITE');
  const reading = policy('Read all buckets', 'READ');
  const [readBuiltIn, writeBuiltIn] = [role('ReadQuiltBucket', [], false), role('ReadWriteQuiltBucket', [], false)];
  const [editors, readers] = [role('DataEditors', [editing]), role('DataReaders', [reading])];
  const external = role('ExternalAnalysts', [], false);
  const users = [
    newUser({ name: 'admin', isAdmin: true, role: writeBuiltIn }),
    newUser({ name: 'user', role: editors, extraRoles: [readers] }),
    newUser({ name: 'sso_user', isSsoOnly: true, role: readers }),
    ...full.usersWithoutRole.map((name) => newUser({ name })),
  ];
  return {
    spec: full,
    bucketNames,
    catalogUrl,
    keys: { accessKeyId: fresh('key'), secretAccessKey: fresh('secret') },
    clock: 0,
    s3: new Map(bucketNames.map((name) => [name, { name, objects: new Map(), packages: new Map(), manifests: new Map() }])),
    users: new Map(users.map((user) => [user.name, user])),
    roles: [readBuiltIn, writeBuiltIn, editors, readers, external],
    policies: [editing, reading],
    stack: new Map(bucketNames.map((name) => [name, { ...newStackBucket(name), browsable: true, lastIndexed: BEFORE }])),
    defaultRole: readers,
    sso: null,
    openQuery: false,
    temporaryKeys: new Map(),
    contentUrls: new Map(),
    faults: [],
  };
}

/** A user; joined before the first call unless said otherwise. */
export function newUser(user: { readonly name: string } & Partial<User>): User {
  return {
    email: `${user.name}@example.com`,
    dateJoined: BEFORE,
    lastLogin: BEFORE,
    isActive: true,
    isAdmin: false,
    isSsoOnly: false,
    role: null,
    extraRoles: [],
    ...user,
  };
}

/** Settings of a bucket of which nothing but the title is known. */
export function newStackBucket(title: string): StackBucket {
  return {
    title,
    description: null,
    tags: null,
    iconUrl: null,
    linkedData: null,
    overviewUrl: null,
    relevanceScore: 100,
    browsable: false,
    lastIndexed: null,
    snsNotificationArn: null,
    scannerParallelShardsDepth: null,
    skipMetaDataIndexing: null,
    fileExtensionsToIndex: null,
    indexContentBytes: null,
    tables: new Map(),
  };
}
