/**
 * How the unions of the Platform's schema end: which members say yes, and which say no. Data, since a name says neither (`Unavailable`,
 * `EmptySearchResultSet`); it is total over the unions of the schema that the embedded platform serves, held to it by a test.
 */

export interface UnionMembers {
  readonly success: readonly string[];
  readonly failure: readonly string[];
}

const inputOrOperation = ['InvalidInput', 'OperationError'] as const;
const bucketSettings = [
  'BucketFileExtensionsToIndexInvalid',
  'BucketIndexContentBytesInvalid',
  'InsufficientPermissions',
  'NotificationConfigurationError',
  'NotificationTopicNotFound',
  'SnsInvalid',
] as const;
const roleName = ['RoleNameReserved', 'RoleNameExists', 'RoleNameInvalid'] as const;

/** Union → its members, each told to be a success or a failure by the schema's own description of it. */
export const RESULT_UNIONS: Readonly<Record<string, UnionMembers>> = {
  APIKeyCreateResult: { success: ['APIKeyCreated'], failure: ['InvalidInput'] },
  APIKeyRevokeResult: { success: ['Ok'], failure: ['InvalidInput'] },
  BrowsingSessionCreateResult: { success: ['BrowsingSession'], failure: inputOrOperation },
  BrowsingSessionDisposeResult: { success: ['Ok'], failure: ['OperationError'] },
  BrowsingSessionRefreshResult: { success: ['BrowsingSession'], failure: inputOrOperation },
  BucketAddResult: {
    success: ['BucketAddSuccess'],
    failure: ['BucketAlreadyAdded', 'BucketDoesNotExist', 'SubscriptionInvalid', ...bucketSettings],
  },
  BucketRemoveResult: { success: ['BucketRemoveSuccess'], failure: ['BucketNotFound', 'IndexingInProgress'] },
  BucketSetTabulatorTableResult: { success: ['BucketConfig'], failure: inputOrOperation },
  BucketUpdateResult: { success: ['BucketUpdateSuccess'], failure: ['BucketNotFound', ...bucketSettings] },
  /** Nothing found is an answer. */
  ObjectsSearchResult: { success: ['ObjectsSearchResultSet', 'EmptySearchResultSet'], failure: ['InvalidInput'] },
  ObjectsSearchMoreResult: { success: ['ObjectsSearchResultSetPage'], failure: ['InvalidInput'] },
  OperationResult: { success: ['Ok'], failure: inputOrOperation },
  PackageConstructResult: { success: ['PackagePushSuccess'], failure: inputOrOperation },
  PackageEntry: { success: ['PackageFile', 'PackageDir'], failure: [] },
  PackagePromoteResult: { success: ['PackagePushSuccess'], failure: inputOrOperation },
  PackageRevisionDeleteResult: { success: ['PackageRevisionDeleteSuccess'], failure: ['OperationError'] },
  PackagerEventRuleToggleResult: { success: ['PackagerEventRule'], failure: inputOrOperation },
  PackagesSearchResult: { success: ['PackagesSearchResultSet', 'EmptySearchResultSet'], failure: ['InvalidInput'] },
  PackagesSearchMoreResult: { success: ['PackagesSearchResultSetPage'], failure: ['InvalidInput'] },
  PackageUserMetaFacet: {
    success: [
      'NumberPackageUserMetaFacet',
      'DatetimePackageUserMetaFacet',
      'KeywordPackageUserMetaFacet',
      'TextPackageUserMetaFacet',
      'BooleanPackageUserMetaFacet',
    ],
    failure: [],
  },
  PolicyDeleteResult: { success: ['Ok'], failure: inputOrOperation },
  PolicyResult: { success: ['Policy'], failure: inputOrOperation },
  Role: { success: ['ManagedRole', 'UnmanagedRole'], failure: [] },
  RoleCreateResult: { success: ['RoleCreateSuccess'], failure: [...roleName, 'RoleHasTooManyPoliciesToAttach'] },
  RoleDeleteResult: {
    success: ['RoleDeleteSuccess'],
    failure: ['RoleDoesNotExist', 'RoleNameReserved', 'RoleNameUsedBySsoConfig', 'RoleAssigned'],
  },
  RoleSetDefaultResult: { success: ['RoleSetDefaultSuccess'], failure: ['RoleDoesNotExist', 'SsoConfigConflict'] },
  RoleUpdateResult: {
    success: ['RoleUpdateSuccess'],
    failure: [...roleName, 'RoleNameUsedBySsoConfig', 'RoleIsManaged', 'RoleIsUnmanaged', 'RoleHasTooManyPoliciesToAttach'],
  },
  SetSsoConfigResult: { success: ['SsoConfig'], failure: inputOrOperation },
  /** A stack without canaries cannot say how it is doing. */
  StatusResult: { success: ['Status'], failure: ['Unavailable'] },
  SwitchRoleResult: { success: ['Me'], failure: inputOrOperation },
  UserResult: { success: ['User'], failure: inputOrOperation },
};

/** Root fields and operations below them that may be null → what null says: that what was asked for is not there, or an answer like any other. */
export const NULL_SAYS: Readonly<Record<string, 'missing' | 'value'>> = {
  /** Nobody is signed in. */
  'Query.me': 'missing',
  'Query.admin.apiKeys.get': 'missing',
  'Query.admin.packager.eventRule': 'missing',
  'Query.admin.ssoConfig': 'missing',
  'Query.admin.user.get': 'missing',
  'Query.bucketAccessCounts': 'missing',
  'Query.bucketConfig': 'missing',
  'Query.defaultRole': 'missing',
  'Query.objectAccessCounts': 'missing',
  'Query.package': 'missing',
  'Query.packages': 'missing',
  'Query.policy': 'missing',
  'Query.role': 'missing',
  /** The configuration was removed, as was asked. */
  'Mutation.admin.setSsoConfig': 'value',
  'Mutation.admin.user.mutate': 'missing',
};

/** Root fields that only an administrator may ask, all below them included; the schema marks them `@admin`. Of the others only nobody is refused. */
export const ADMIN_ONLY: ReadonlySet<string> = new Set([
  'Query.admin',
  'Query.defaultRole',
  'Query.policies',
  'Query.policy',
  'Query.role',
  'Query.roles',
  'Query.status',
  'Mutation.admin',
  'Mutation.bucketAdd',
  'Mutation.bucketRemove',
  'Mutation.bucketUpdate',
  'Mutation.policyCreateManaged',
  'Mutation.policyCreateUnmanaged',
  'Mutation.policyDelete',
  'Mutation.policyUpdateManaged',
  'Mutation.policyUpdateUnmanaged',
  'Mutation.roleCreateManaged',
  'Mutation.roleCreateUnmanaged',
  'Mutation.roleDelete',
  'Mutation.roleSetDefault',
  'Mutation.roleUpdateManaged',
  'Mutation.roleUpdateUnmanaged',
]);
