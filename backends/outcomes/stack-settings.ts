/** Outcomes of single sign-on, the buckets of the stack and tabulator. */
import type { OperationName } from '../operations.ts';
import { fails, type Rows, rejects, succeeds } from './outcome.ts';
import { adminRows, signedInRows } from './shared-rows.ts';

const bucketSettings = {
  'snsNotificationArn is neither the ARN of a topic nor DO_NOT_SUBSCRIBE': fails(
    'ValidationError',
    { field: 'snsNotificationArn' },
    'schema: SnsInvalid',
    { code: 'SnsInvalid' },
  ),
  'fileExtensionsToIndex has one without a dot, or one that cannot be indexed': fails(
    'ValidationError',
    { field: 'fileExtensionsToIndex' },
    'schema: BucketFileExtensionsToIndexInvalid',
    {
      code: 'BucketFileExtensionsToIndexInvalid',
    },
  ),
  'indexContentBytes is outside config.contentIndexingSettings': fails(
    'ValidationError',
    { field: 'indexContentBytes' },
    'schema: BucketIndexContentBytesInvalid',
    {
      code: 'BucketIndexContentBytesInvalid',
    },
  ),
  'the topic does not exist': fails(
    'ValidationError',
    { field: 'snsNotificationArn' },
    'schema: NotificationTopicNotFound; a reference to what is not there is a wrong parameter',
    {
      code: 'NotificationTopicNotFound',
    },
  ),
  'the topic cannot be subscribed to': fails('BackendError', {}, 'schema: NotificationConfigurationError', {
    code: 'NotificationConfigurationError',
  }),
} satisfies Rows;
const titleBlank = {
  'title is blank': rejects('title', 'schema: title: String!; choice: a title without a letter is none'),
} satisfies Rows;
const inStack = {
  'bucket is not in the stack': fails('NotFoundError', { bucket: '$name' }, 'schema: BucketNotFound, Query.bucketConfig is null'),
} satisfies Rows;

const ofBucket = {
  'bucket is not in the stack': fails(
    'NotFoundError',
    { bucket: '$bucket' },
    'schema: Query.bucketConfig is null; InvalidInput at bucketName',
  ),
} satisfies Rows;
const noTable = {
  'table does not exist': fails('NotFoundError', { bucket: '$bucket', subject: '$table' }, 'P-19; schema: InvalidInput at tableName'),
} satisfies Rows;
const badConfig = {
  'config is blank': rejects('config', 'schema: a null configuration deletes, so nothing may be sent in its place'),
} satisfies Rows;
const badConfigState = {
  'config is not YAML with schema, source and parser': fails('ValidationError', { field: 'config' }, 'P-19; schema: InvalidInput'),
} satisfies Rows;

export const stackSettings = {
  'admin.sso.get': {
    ...adminRows,
    'none is set': succeeds('null', 'schema: AdminQueries.ssoConfig'),
    'one is set': succeeds('its text as given, when and by whom', 'P-18'),
  },
  'admin.sso.set': {
    'config is blank': rejects('config', 'quilt-mcp 0.20.0: "SSO configuration cannot be empty"'),
    ...adminRows,
    'config is not YAML of version 1.0 with mappings and default_role': fails(
      'ValidationError',
      { field: 'config' },
      'P-18; schema: InvalidInput',
    ),
    'config names a role that does not exist': fails('ValidationError', { field: 'config' }, 'P-18; schema: InvalidInput', {
      code: 'RoleDoesNotExist',
    }),
    'all is well': succeeds('the configuration, replacing any other; uploader is the caller', 'schema: SsoConfig'),
  },
  'admin.sso.remove': { ...adminRows, 'set or not': succeeds('there is none now', 'schema: setSsoConfig(null) is null') },

  'admin.buckets.list': { ...adminRows, any: succeeds('every bucket of the stack with all its settings', 'schema: BucketConfig') },
  'admin.buckets.get': { ...adminRows, ...inStack, 'bucket is in the stack': succeeds('its settings', 'schema: BucketConfig') },
  'admin.buckets.add': {
    ...titleBlank,
    ...adminRows,
    'bucket is in the stack already': fails('ConflictError', { bucket: '$name' }, 'schema: BucketAlreadyAdded', {
      code: 'BucketAlreadyAdded',
    }),
    ...bucketSettings,
    'bucket does not exist': fails('NotFoundError', { bucket: '$name' }, 'schema: BucketDoesNotExist', { code: 'BucketDoesNotExist' }),
    'the stack may not use the bucket': fails('PermissionError', { bucket: '$name' }, 'schema: InsufficientPermissions', {
      code: 'InsufficientPermissions',
    }),
    'the licence is not in force': fails('BackendError', {}, 'schema: SubscriptionInvalid', { code: 'SubscriptionInvalid' }),
    'all is well': succeeds(
      'its settings: what was not given is null, relevanceScore 100, browsable false; lastIndexed now',
      'schema: BucketAddInput',
    ),
    'its first scan is left for later': succeeds(
      'its settings; lastIndexed null, and no change of settings makes it an instant',
      'schema: BucketAddInput.delayScan, BucketConfig.lastIndexed',
    ),
  },
  'admin.buckets.update': {
    ...titleBlank,
    ...adminRows,
    ...inStack,
    ...bucketSettings,
    'all is well': succeeds(
      'all settings as given: what was not given is null, relevanceScore 100, browsable false; lastIndexed stays',
      'schema: BucketUpdateInput; quilt3 8.0.0 sends null for what is left out',
    ),
  },
  'admin.buckets.remove': {
    ...adminRows,
    ...inStack,
    'bucket is being indexed': fails('ConflictError', { bucket: '$name' }, 'schema: IndexingInProgress', { code: 'IndexingInProgress' }),
    'all is well': succeeds('out of the stack, with its tables and every permission on it; S3 keeps it', 'schema: BucketRemoveSuccess'),
  },

  'tabulator.list': {
    ...signedInRows,
    ...ofBucket,
    'caller may read the bucket': succeeds('its tables, to no administrator only', 'schema: BucketConfig.tabulatorTables has no @admin'),
  },
  'tabulator.get': {
    ...signedInRows,
    ...ofBucket,
    ...noTable,
    'table exists': succeeds('its name and its configuration as given', 'P-19'),
  },
  'tabulator.create': {
    ...badConfig,
    ...adminRows,
    ...ofBucket,
    'table exists': fails(
      'ConflictError',
      { bucket: '$bucket', subject: '$table' },
      'P-19; schema: bucketSetTabulatorTable would replace it, so the client looks first',
    ),
    'table name is not 1 to 255 letters, digits, _ or -': fails('ValidationError', { field: 'table' }, 'schema: InvalidInput at tableName'),
    ...badConfigState,
    'all is well': succeeds('the table', 'P-19'),
  },
  'tabulator.update': {
    ...badConfig,
    ...adminRows,
    ...ofBucket,
    ...noTable,
    ...badConfigState,
    'all is well': succeeds('the table with the new configuration', 'P-19'),
  },
  'tabulator.rename': {
    ...adminRows,
    ...ofBucket,
    ...noTable,
    'new name is not 1 to 255 letters, digits, _ or -': fails(
      'ValidationError',
      { field: 'newName' },
      'schema: InvalidInput at newTableName',
    ),
    'another table has the new name, or it is the old one': fails(
      'ConflictError',
      { bucket: '$bucket', subject: '$newName' },
      'P-19; schema: InvalidInput at newTableName',
    ),
    'all is well': succeeds('the table under its new name, configuration kept', 'P-19'),
  },
  'tabulator.delete': {
    ...adminRows,
    ...ofBucket,
    ...noTable,
    'table exists': succeeds('gone', 'P-19; schema: bucketSetTabulatorTable(config: null)'),
  },
  'tabulator.getOpenQuery': { ...adminRows, any: succeeds('whether it is on', 'schema: AdminQueries.tabulatorOpenQuery') },
  'tabulator.setOpenQuery': { ...adminRows, any: succeeds('as it is now', 'schema: TabulatorOpenQueryResult') },
} satisfies Partial<Record<OperationName, Rows>>;
