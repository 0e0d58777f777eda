/** Questions to the root fields of the schema that no operation of QuiltOps asks, each with what its answer must be. */

export interface Question {
  /** `Query.searchObjects`. */
  readonly field: string;
  readonly case: 'value' | 'typed-failure' | 'refused';
  readonly as: 'admin' | 'user';
  readonly text: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  /** Path in `data` → what stands there, as JSON; `undefined` of a refusal is the message. */
  readonly expect: Readonly<Record<string, string>>;
}

const failure = '... on InvalidInput { errors { path name message } } ... on OperationError { name message }';
const value = (
  field: string,
  text: string,
  expect: Question['expect'],
  variables: Question['variables'] = {},
  as: Question['as'] = 'admin',
): Question => ({
  field,
  case: 'value',
  as,
  text,
  variables,
  expect,
});
const failing = (field: string, text: string, expect: Question['expect'], variables: Question['variables'] = {}): Question => ({
  ...value(field, text, expect, variables),
  case: 'typed-failure',
});
/** An ordinary user is refused: FORBIDDEN, and no data. */
const refused = (field: string, text: string, variables: Question['variables'] = {}): Question => ({
  field,
  case: 'refused',
  as: 'user',
  text,
  variables,
  expect: { 'errors.0.extensions.code': '"FORBIDDEN"' },
});

/** `{bucket}` in a variable is the target's first bucket. */
export const questions: readonly Question[] = [
  value('Query.config', '{ config { contentIndexingSettings { extensions bytesDefault bytesMin bytesMax } } }', {
    'data.config.contentIndexingSettings.bytesMin': '0',
  }),
  value('Query.subscription', '{ subscription { active timestamp } }', { 'data.subscription.active': 'true' }),
  value('Query.potentialCollaborators', '{ potentialCollaborators { username email } }', {
    'data.potentialCollaborators.0.username': 'string',
  }),
  value('Query.status', '{ status { __typename ... on Status { reportsBucket } } }', { 'data.status.__typename': '"Unavailable"' }),
  refused('Query.status', '{ status { __typename } }'),
  refused('Query.admin', '{ admin { isDefaultRoleSettingDisabled } }'),
  value('Query.admin', '{ admin { isDefaultRoleSettingDisabled packager { eventRules { name enabled } } } }', {
    'data.admin.isDefaultRoleSettingDisabled': 'false',
  }),
  refused('Query.policies', '{ policies { id } }'),
  refused('Query.policy', 'query q($id: ID!) { policy(id: $id) { id } }', { id: 'none' }),
  refused('Query.roles', '{ roles { __typename } }'),
  refused('Query.role', 'query q($id: ID!) { role(id: $id) { __typename } }', { id: 'none' }),
  refused('Query.defaultRole', '{ defaultRole { __typename } }'),
  value('Query.policy', 'query q($id: ID!) { policy(id: $id) { id } }', { 'data.policy': 'null' }, { id: 'none' }),
  value('Query.role', 'query q($id: ID!) { role(id: $id) { __typename } }', { 'data.role': 'null' }, { id: 'none' }),
  value(
    'Query.bucketAccessCounts',
    'query q($bucket: String!) { bucketAccessCounts(bucket: $bucket, window: 7) { combined { total counts { value } } } }',
    { 'data.bucketAccessCounts.combined.total': '0' },
    { bucket: '{bucket}' },
  ),
  value(
    'Query.objectAccessCounts',
    'query q($bucket: String!) { objectAccessCounts(bucket: $bucket, key: "none", window: 7) { total counts { value } } }',
    { 'data.objectAccessCounts.total': '0' },
    { bucket: '{bucket}' },
  ),
  value(
    'Query.searchObjects',
    'query q($buckets: [String!]) { searchObjects(buckets: $buckets) { __typename ... on ObjectsSearchResultSet { total } ... on InvalidInput { errors { message } } } }',
    { 'data.searchObjects.__typename': '"EmptySearchResultSet"' },
    { buckets: ['{bucket}'] },
  ),
  failing(
    'Query.searchMoreObjects',
    `{ searchMoreObjects(after: "no cursor") { __typename ... on InvalidInput { errors { path name message } } } }`,
    { 'data.searchMoreObjects.__typename': '"InvalidInput"' },
  ),
  failing(
    'Query.searchMorePackages',
    `{ searchMorePackages(after: "no cursor") { __typename ... on InvalidInput { errors { path name message } } } }`,
    { 'data.searchMorePackages.__typename': '"InvalidInput"' },
  ),
  failing('Mutation.switchRole', `mutation { switchRole(roleName: "NoSuchRole") { __typename ... on Me { role { name } } ${failure} } }`, {
    'data.switchRole.__typename': '"InvalidInput"',
  }),
  failing(
    'Mutation.packagePromote',
    `mutation q($bucket: String!) { packagePromote(params: { bucket: $bucket, name: "promoted/none" }, src: { bucket: $bucket, name: "none/none", hash: "${'0'.repeat(64)}" }) { __typename ${failure} } }`,
    { 'data.packagePromote.__typename': '"InvalidInput"' },
    { bucket: '{bucket}' },
  ),
  failing(
    'Mutation.packageConstruct',
    `mutation q($bucket: String!) { packageConstruct(params: { bucket: $bucket, name: "nameonly" }, src: { entries: [] }) { __typename ${failure} } }`,
    { 'data.packageConstruct.__typename': '"InvalidInput"' },
    { bucket: '{bucket}' },
  ),
  failing(
    'Mutation.packageRevisionDelete',
    `mutation q($bucket: String!) { packageRevisionDelete(bucket: $bucket, name: "none/none", hash: "${'0'.repeat(64)}") { __typename ... on OperationError { name message } } }`,
    { 'data.packageRevisionDelete.__typename': '"OperationError"' },
    { bucket: '{bucket}' },
  ),
  failing('Mutation.browsingSessionCreate', `mutation { browsingSessionCreate(scope: "not a scope") { __typename ${failure} } }`, {
    'data.browsingSessionCreate.__typename': '"InvalidInput"',
  }),
  failing('Mutation.browsingSessionRefresh', `mutation { browsingSessionRefresh(id: "none") { __typename ${failure} } }`, {
    'data.browsingSessionRefresh.__typename': '"OperationError"',
  }),
  failing(
    'Mutation.browsingSessionDispose',
    `mutation { browsingSessionDispose(id: "none") { __typename ... on OperationError { name message } } }`,
    {
      'data.browsingSessionDispose.__typename': '"OperationError"',
    },
  ),
  refused('Mutation.admin', 'mutation { admin { setTabulatorOpenQuery(enabled: true) { tabulatorOpenQuery } } }'),
  refused('Mutation.bucketAdd', 'mutation { bucketAdd(input: { name: "none", title: "none" }) { __typename } }'),
  refused('Mutation.bucketUpdate', 'mutation { bucketUpdate(name: "none", input: { title: "none" }) { __typename } }'),
  refused('Mutation.bucketRemove', 'mutation { bucketRemove(name: "none") { __typename } }'),
  refused(
    'Mutation.policyCreateManaged',
    'mutation { policyCreateManaged(input: { title: "none", permissions: [], roles: [] }) { __typename } }',
  ),
  refused(
    'Mutation.policyCreateUnmanaged',
    'mutation { policyCreateUnmanaged(input: { title: "none", arn: "none", roles: [] }) { __typename } }',
  ),
  refused(
    'Mutation.policyUpdateManaged',
    'mutation { policyUpdateManaged(id: "none", input: { title: "none", permissions: [], roles: [] }) { __typename } }',
  ),
  refused(
    'Mutation.policyUpdateUnmanaged',
    'mutation { policyUpdateUnmanaged(id: "none", input: { title: "none", arn: "none", roles: [] }) { __typename } }',
  ),
  refused('Mutation.policyDelete', 'mutation { policyDelete(id: "none") { __typename } }'),
  refused('Mutation.roleCreateManaged', 'mutation { roleCreateManaged(input: { name: "none", policies: [] }) { __typename } }'),
  refused('Mutation.roleCreateUnmanaged', 'mutation { roleCreateUnmanaged(input: { name: "none", arn: "none" }) { __typename } }'),
  refused('Mutation.roleUpdateManaged', 'mutation { roleUpdateManaged(id: "none", input: { name: "none", policies: [] }) { __typename } }'),
  refused(
    'Mutation.roleUpdateUnmanaged',
    'mutation { roleUpdateUnmanaged(id: "none", input: { name: "none", arn: "none" }) { __typename } }',
  ),
  refused('Mutation.roleDelete', 'mutation { roleDelete(id: "none") { __typename } }'),
  refused('Mutation.roleSetDefault', 'mutation { roleSetDefault(id: "none") { __typename } }'),
];
