/** Which doors an operation goes through on one backend or another, and by what names a fault may call its requests. */
import type { OperationName } from '../operations.ts';

/** Doors, with the names by which a fault may call the requests to each. */
export type Requests = { readonly [D in 's3' | 'graphql' | 'rest' | 'catalog']?: readonly string[] };

const OPEN = ['ListObjectsV2', 'GetObject', 'HeadObject'];
const PUSH = [...OPEN, 'PutObject', 'CopyObject'];
const CONTENTS = ['package', 'packageConstruct'];

const byOperation: { readonly [K in OperationName]?: Requests } = {
  authStatus: { graphql: ['me'] },
  catalogConfig: { catalog: ['/config.json'] },
  configureCatalog: { catalog: ['/config.json'] },
  registryUrl: { catalog: ['/config.json'] },
  listBuckets: { graphql: ['bucketConfigs'] },
  bucketInfo: { graphql: ['bucketConfig'] },
  listPackages: { s3: ['ListObjectsV2'], graphql: ['packages'] },
  searchPackages: { rest: ['/api/search'], graphql: ['searchPackages'] },
  packageInfo: { s3: OPEN, graphql: ['package'] },
  listRevisions: { s3: OPEN, graphql: ['package'] },
  browse: { s3: OPEN, graphql: ['package'] },
  contentUrl: { s3: OPEN, graphql: ['package', 'browsingSessionCreate'], catalog: ['/browse'] },
  diff: { s3: OPEN, graphql: ['package'] },
  createRevision: { s3: PUSH, graphql: ['packageConstruct'] },
  updateRevision: { s3: PUSH, graphql: CONTENTS },
  deletePackage: { s3: ['ListObjectsV2', 'GetObject', 'DeleteObject', 'PutObject'], graphql: ['package', 'packageRevisionDelete'] },
  awsCredentials: { rest: ['/api/auth/get_credentials'] },
  graphql: { graphql: ['me', 'bucketConfigs'] },
  'admin.roles.list': { graphql: ['roles'] },
  'admin.roles.get': { graphql: ['role'] },
  'admin.roles.createManaged': { graphql: ['roleCreateManaged'] },
  'admin.roles.createUnmanaged': { graphql: ['roleCreateUnmanaged'] },
  'admin.roles.updateManaged': { graphql: ['roleUpdateManaged'] },
  'admin.roles.updateUnmanaged': { graphql: ['roleUpdateUnmanaged'] },
  'admin.roles.delete': { graphql: ['roleDelete'] },
  'admin.roles.getDefault': { graphql: ['defaultRole'] },
  'admin.roles.setDefault': { graphql: ['roleSetDefault'] },
  'admin.policies.list': { graphql: ['policies'] },
  'admin.policies.get': { graphql: ['policy'] },
  'admin.policies.createManaged': { graphql: ['policyCreateManaged'] },
  'admin.policies.createUnmanaged': { graphql: ['policyCreateUnmanaged'] },
  'admin.policies.updateManaged': { graphql: ['policyUpdateManaged'] },
  'admin.policies.updateUnmanaged': { graphql: ['policyUpdateUnmanaged'] },
  'admin.policies.delete': { graphql: ['policyDelete'] },
  'admin.buckets.list': { graphql: ['bucketConfigs'] },
  'admin.buckets.get': { graphql: ['bucketConfig'] },
  'admin.buckets.add': { graphql: ['bucketAdd'] },
  'admin.buckets.update': { graphql: ['bucketUpdate'] },
  'admin.buckets.remove': { graphql: ['bucketRemove'] },
  'tabulator.list': { graphql: ['bucketConfig'] },
  'tabulator.get': { graphql: ['bucketConfig'] },
  'tabulator.create': { graphql: ['bucketConfig', 'admin'] },
  'tabulator.update': { graphql: ['bucketConfig', 'admin'] },
  'tabulator.rename': { graphql: ['admin'] },
  'tabulator.delete': { graphql: ['bucketConfig', 'admin'] },
};

/** What is asked for a new token (P-25). */
export const RENEWAL: Requests = { rest: ['/api/token'] };

/** The doors with their names; what is not in the table is under `admin` of GraphQL. */
export function requestsOf(operation: OperationName): Requests {
  return byOperation[operation] ?? { graphql: ['admin'] };
}
