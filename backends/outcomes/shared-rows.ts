/** Rows that many operations have in common. */
import { fails, type Rows, rejects, succeeds } from './outcome.ts';

/** Of every operation that takes a registry. A spelling is read before any request; a bucket is found missing by whoever is asked. */
export const registryRows = {
  'registry has a prefix (s3://bucket/prefix)': rejects(
    'registry',
    'P-23; quilt3 8.0.0 run: push refuses it, browse and list look under the prefix and find nothing',
    { differs: { 'quilt3-python': 'browse and list answer as if the bucket were empty; its adapter refuses', contract: 'platform' } },
  ),
  'registry is no bucket (empty, s3://, another scheme)': rejects(
    'registry',
    'quilt3 8.0.0 run: URLParseError "Missing bucket", ValueError "Empty URL"',
  ),
  'no registry given and the session has none': rejects('registry', 'quilt-mcp 0.20.0: a registry must be a non-empty string'),
  'half a pair of AWS keys is given': rejects('secretAccessKey', 'P-01: keys are never mixed from two places', {
    differs: { platform: 'asks with the token alone and never looks at keys', contract: 'both stand' },
  }),
  'AWS keys are given of which the secret is wrong': fails('AuthenticationError', {}, 'P-06: S3 says SignatureDoesNotMatch', {
    differs: { platform: 'asks with the token alone and never looks at keys', contract: 'both stand' },
  }),
  'bucket does not exist': fails(
    'NotFoundError',
    { bucket: '$registry' },
    'quilt3 8.0.0 run: NoSuchBucket; schema: Query.bucketConfig is null',
  ),
  'bucket that the caller may not read': fails(
    'NotFoundError',
    { bucket: '$registry' },
    'schema: Query.bucketConfig and Query.package are null',
    {
      differs: {
        quilt3: 'PermissionError with { bucket }: S3 says AccessDenied to temporary keys; long-lived keys may read it',
        contract: 'platform',
      },
    },
  ),
} satisfies Rows;

/** Of every operation that names a package. */
export const nameRows = {
  'name is not two words of letters, digits, _ or - around one slash': rejects(
    'name',
    'quilt3 8.0.0 run: "Invalid package name" for a, a/b/c, a b/c, a.b/c, ../x; letters of any alphabet pass. It also lets one newline at the end pass, which no other client can: refused here',
  ),
} satisfies Rows;

/** Of every operation that opens a revision. Whatever was asked for and is not there stands in the facts, so that no client has to look twice. */
export const revisionRows = {
  'package does not exist': fails(
    'NotFoundError',
    { package: '$name', hash: '$hash' },
    'quilt3 8.0.0 run: NoSuchKey of the pointer; schema: Query.package is null',
  ),
  'no revision has the hash or tag': fails(
    'NotFoundError',
    { package: '$name', hash: '$hash' },
    'quilt3 8.0.0 run: 404 of the manifest, "Found zero matches", "Invalid hash" below 6 digits; schema: Package.revision is null',
  ),
  'hash of a revision that was deleted, or of another package of the bucket': fails(
    'NotFoundError',
    { package: '$name', hash: '$hash' },
    'schema: Package.revision answers revisions of the package',
    { differs: { 'quilt3-python': 'opens it: manifests stay, and are looked up by hash alone (run)', contract: 'platform' } },
  ),
  'first 6 to 63 digits of a hash': fails(
    'NotFoundError',
    { package: '$name', hash: '$hash' },
    'schema: revision(hashOrTag) takes a hash or a tag',
    {
      differs: { 'quilt3-python': 'opens the one manifest of the bucket that begins so (run)', contract: 'platform' },
    },
  ),
} satisfies Rows;

/** Of every operation that asks the registry as a user; administration, sign-in and credentials on all backends, packages on Platform. */
export const signedInRows = {
  'no token': fails('AuthenticationError', {}, 'schema: every field but Query.me needs a caller; P-02', {
    differs: { quilt3: 'package operations go by AWS keys and never look at the token', contract: 'both stand' },
  }),
  'no registry is named anywhere, and there is no token': rejects(
    'registryUrl',
    'P-01: whom to ask comes before who asks; the error lists where it was looked for',
  ),
  'no registry is named anywhere, and the token lacks the claim': {
    ...fails('AuthenticationError', { field: 'registry_url' }, 'P-02: the error names the claim'),
    told: 'client',
  },
  "token has ended by the client's clock, or there is none, and a refresh token is at hand": succeeds(
    'a new token is fetched first, once; the operation goes on',
    'P-25; quilt3 8.0.0: POST /api/token',
  ),
  'token expired, malformed, unsigned or signed with another secret': fails(
    'AuthenticationError',
    {},
    'P-03, P-04, P-05: the registry says 401',
  ),
} satisfies Rows;

/** Of every administration operation. */
export const adminRows = {
  ...signedInRows,
  'caller is no administrator': fails('PermissionError', {}, 'P-28; schema: @admin on the field'),
} satisfies Rows;
