/** Questions to root fields of the schema, and to operations below its namespaces, that no operation of QuiltOps asks so. */
import { failing, failure, type Question, value } from './root-field-question.ts';
import { refusals } from './root-field-refusals.ts';

const answers: readonly Question[] = [
  value('Query.config', '{ config { contentIndexingSettings { extensions bytesDefault bytesMin bytesMax } } }', {
    'data.config.contentIndexingSettings.bytesMin': '0',
  }),
  value('Query.subscription', '{ subscription { active timestamp } }', { 'data.subscription.active': 'true' }),
  value('Query.potentialCollaborators', '{ potentialCollaborators { username email } }', {
    'data.potentialCollaborators.0.username': 'string',
  }),
  value('Query.status', '{ status { __typename ... on Status { reportsBucket } } }', { 'data.status.__typename': '"Unavailable"' }),
  value('Query.admin', '{ admin { isDefaultRoleSettingDisabled packager { eventRules { name enabled } } } }', {
    'data.admin.isDefaultRoleSettingDisabled': 'false',
  }),
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
    'query q($buckets: [String!]) { searchObjects(buckets: $buckets, searchString: "nothingisnamedso") { __typename ... on ObjectsSearchResultSet { total } ... on InvalidInput { errors { message } } } }',
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
  failing(
    'Query.bucketAccessCounts',
    'query q($bucket: String!) { bucketAccessCounts(bucket: $bucket, window: 7) { combined { total } } }',
    { 'data.bucketAccessCounts': 'null' },
    { bucket: 'not-in-the-stack' },
  ),
  failing(
    'Query.objectAccessCounts',
    'query q($bucket: String!) { objectAccessCounts(bucket: $bucket, key: "none", window: 7) { total } }',
    { 'data.objectAccessCounts': 'null' },
    { bucket: 'not-in-the-stack' },
  ),
  failing(
    'Query.searchObjects',
    'query q($buckets: [String!]) { searchObjects(buckets: $buckets) { __typename ... on InvalidInput { errors { path name message } } } }',
    { 'data.searchObjects.__typename': '"InvalidInput"' },
    { buckets: ['not-in-the-stack'] },
  ),
  value('Query.admin.packager.eventRule', '{ admin { packager { eventRule(name: "ro-crate-manifest") { name } } } }', {
    'data.admin.packager.eventRule.name': '"ro-crate-manifest"',
  }),
  failing('Query.admin.packager.eventRule', '{ admin { packager { eventRule(name: "none") { name } } } }', {
    'data.admin.packager.eventRule': 'null',
  }),
  failing(
    'Mutation.admin.packager.toggleEventRule',
    `mutation { admin { packager { toggleEventRule(name: "none", enabled: true) { __typename ${failure} } } } }`,
    { 'data.admin.packager.toggleEventRule.__typename': '"InvalidInput"' },
  ),
  failing('Query.admin.apiKeys.get', '{ admin { apiKeys { get(id: "none") { id } } } }', { 'data.admin.apiKeys.get': 'null' }),
  failing(
    'Mutation.admin.apiKeys.revoke',
    'mutation { admin { apiKeys { revoke(id: "none") { __typename ... on InvalidInput { errors { path name message } } } } } }',
    { 'data.admin.apiKeys.revoke.__typename': '"InvalidInput"' },
  ),
  failing(
    'Mutation.apiKeyCreate',
    'mutation { apiKeyCreate(input: { name: "none", expiresInDays: 0 }) { __typename ... on InvalidInput { errors { path name message } } } }',
    { 'data.apiKeyCreate.__typename': '"InvalidInput"', 'data.apiKeyCreate.errors.0.path': '"input.expiresInDays"' },
  ),
  failing(
    'Mutation.apiKeyRevoke',
    'mutation { apiKeyRevoke(id: "none") { __typename ... on InvalidInput { errors { path name message } } } }',
    { 'data.apiKeyRevoke.__typename': '"InvalidInput"' },
  ),
];

/** Every question; a field and a case name each. */
export const questions: readonly Question[] = [...answers, ...refusals];
