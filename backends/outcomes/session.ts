/** Outcomes of sign-in, catalog, buckets, credentials and raw GraphQL. */
import type { OperationName } from '../operations.ts';
import { fails, type Rows, rejects, succeeds } from './outcome.ts';
import { signedInRows } from './shared-rows.ts';

const catalogRows = {
  'a key that clients need is missing or empty': fails(
    'BackendError',
    { subject: 'apiGatewayEndpoint' },
    'quilt3 8.0.0 and quilt-mcp 0.20.0 refuse without region, apiGatewayEndpoint, registryUrl or analyticsBucket; the subject is the first that is missing, in this order',
  ),
  'the catalog answers 404': fails(
    'NotFoundError',
    { subject: 'catalogUrl' },
    'quilt-mcp 0.20.0: NotFoundError "Catalog config not found"',
    { code: '404' },
  ),
  'the answer is not JSON': fails('BackendError', {}, 'P-21; P-06', { code: 'broken-body' }),
} satisfies Rows;

export const session = {
  authStatus: {
    'signed in': succeeds(
      'who it is by Query.me: active role, and all roles with the active one; catalog and registry as the client was told',
      'schema: Me',
    ),
    'no token': succeeds(
      'authenticated false, user null; catalog and registry where they are known',
      'schema: Query.me is null without a caller',
    ),
    'token expired, malformed, unsigned or signed with another secret':
      signedInRows['token expired, malformed, unsigned or signed with another secret'],
  },
  catalogConfig: {
    'no catalog is named anywhere, and there is no token': rejects('catalogUrl', 'P-01: the error lists where it was looked for'),
    'no catalog is named anywhere, and the token lacks the claim': {
      ...fails('AuthenticationError', { field: 'catalog_url' }, 'P-02: the error names the claim'),
      told: 'client',
    },
    'catalog answers': succeeds('five keys of its config.json', 'quilt3 8.0.0'),
    ...catalogRows,
  },
  configureCatalog: {
    'catalogUrl is not http(s)': rejects('catalogUrl', 'quilt3 8.0.0: validate_url'),
    ...catalogRows,
    'catalog answers': succeeds(
      'its configuration, which this client uses from now on; slashes at the end make no difference',
      'quilt3 8.0.0: rstrip("/")',
    ),
  },
  registryUrl: {
    'registry is named by setting, variable or claim': succeeds('the first of these, without asking anyone', 'P-01'),
    'only the catalog is named': succeeds("the registryUrl of the catalog's config.json", 'P-01; quilt3 8.0.0'),
    'nothing is named': rejects('registryUrl', 'P-01: the error lists where it was looked for'),
  },
  listBuckets: {
    ...signedInRows,
    'signed in': succeeds('buckets of the stack that the active role may read', 'schema: Query.bucketConfigs', {
      differs: { 'quilt3-python': 'quilt3 has no list of buckets; it asks the registry', contract: 'platform' },
    }),
  },
  bucketInfo: {
    ...signedInRows,
    'bucket is not in the stack, or the caller may not read it': fails(
      'NotFoundError',
      { bucket: '$bucket' },
      'schema: Query.bucketConfig is null',
    ),
    'bucket is in the stack': succeeds('its name, title, description and tags, null where none was given', 'schema: BucketConfig'),
  },
  awsCredentials: {
    ...signedInRows,
    'signed in': succeeds(
      'new temporary keys with a session token: reading and writing as the active role may at the moment of use, nothing while the user is not active or is gone, until `expires`, which is the time of asking plus the life the stack gives them',
      'P-20; reference: GET /api/auth/get_credentials',
    ),
    'used after their user was switched off or deleted': succeeds(
      'S3 says AccessDenied; switched on again, they open what they did',
      'P-18, P-20: keys are worth what their user is worth',
    ),
    'used after `expires`': succeeds('S3 says ExpiredToken', 'P-20'),
  },
  graphql: {
    'token expired, malformed, unsigned or signed with another secret':
      signedInRows['token expired, malformed, unsigned or signed with another secret'],
    'document is sound': succeeds('data as the server gave it, errors null', 'interface'),
    'document is invalid, or variables do not fit (400)': succeeds(
      'data null, errors the messages of the server, word by word',
      'C-05; reference: 400 with errors',
    ),
    'a field fails': succeeds('data with null in its place, errors the messages', 'GraphQL specification'),
    'query is blank': rejects('query', 'choice: nothing can be sent'),
  },
} satisfies Partial<Record<OperationName, Rows>>;
