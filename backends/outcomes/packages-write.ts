/** Outcomes of making and deleting revisions. Checks come in the order of the rows, and nothing is written before the last of them. */
import type { OperationName } from '../operations.ts';
import { fails, type Rows, rejects, succeeds } from './outcome.ts';
import { nameRows, registryRows } from './shared-rows.ts';

const inputRows = {
  ...nameRows,
  'a URI is not s3://bucket/key, ends in a slash, or has another parameter than versionId': rejects(
    'uris',
    'quilt3 8.0.0 run: URLParseError, "cannot be a directory"; quilt-mcp 0.20.0: must include bucket and key',
  ),
  'a path of `files`, or the logical key of a URI, is empty or has an empty, . or .. segment, or a slash at an end': rejects(
    'files',
    'quilt3 8.0.0 run: "Invalid key", "must be a file"; field `uris` when the key comes from a URI',
  ),
  'two entries get one logical key (flattened, or given twice), or one is a directory of another': rejects(
    'uris',
    'P-12; field `files` when a file is one of the two. quilt3 8.0.0 run: refuses a file over a directory and the reverse, lets the last of two equal keys win',
    { differs: { 'quilt3-python': 'Package.set overwrites an equal key; its adapter refuses before', contract: 'platform' } },
  ),
  'a parameter value that the backend does not support (see its support table)': rejects('copy', 'P-30; field `files` for bytes'),
  ...registryRows,
  'caller may only read the bucket': fails(
    'PermissionError',
    { bucket: '$registry' },
    'schema: BucketPermissionLevel READ; S3 says AccessDenied',
    {
      differs: { quilt3: 'long-lived AWS keys may write whatever the role says', contract: 'both stand' },
    },
  ),
} satisfies Rows;

const sourceRows = {
  'an object, its version or its bucket is not there': fails(
    'ValidationError',
    { field: 'uris' },
    'quilt3 8.0.0 run: 404 or 400 of the object; schema: InvalidInput with the path of the entry; a reference to what is not there is a wrong parameter',
  ),
} satisfies Rows;

const pushRows = {
  'organise is true or not given': succeeds('the logical key is the whole key of the object', 'interface; quilt-mcp 0.20.0: auto_organize'),
  'organise is false': succeeds('the logical key is the last segment', 'interface; quilt-mcp 0.20.0'),
  'URI without a version': succeeds('the version that is current now is entered', 'quilt3 8.0.0 run'),
  'copy is false or not given': succeeds(
    'physical keys are the objects where they are',
    'P-11; quilt3 8.0.0 run: selector copies nothing of the same bucket',
  ),
  'copy is true': succeeds(
    "every object is copied to NAME/LOGICAL-KEY of the registry's bucket and entered from there, one revision in all; one that is there already stays",
    'P-11; quilt3 8.0.0 run: selector_fn_copy_all',
  ),
  'files given': succeeds('bytes are put at NAME/PATH and entered from there, with their metadata', 'quilt3 8.0.0 run'),
  'message not given': succeeds('null in the header, which the top hash covers', 'quilt3 8.0.0 run: "message": null'),
  'workflow configuration in the bucket': succeeds(
    'the default workflow is recorded in the header, or the id null where none is required',
    'quilt3 8.0.0 run',
  ),
  'workflow configuration refuses the revision': fails(
    'ValidationError',
    { field: 'message' },
    'quilt3 8.0.0 run: WorkflowValidationError "Commit message is required"; field `name` for handle_pattern, `metadata` for metadata_schema, `uris` for entries_schema, `workflow` where one is required and none is the default',
  ),
  'top hash': succeeds('equals that of quilt3 8.0.0 for the same entries, metadata and message', 'P-16; committed vectors'),
} satisfies Rows;

export const packagesWrite = {
  createRevision: {
    ...inputRows,
    ...sourceRows,
    ...pushRows,
    'metadata not given': succeeds('no user_meta in the header', 'quilt3 8.0.0 run'),
    'metadata is {}': succeeds('user_meta {} in the header: another top hash', 'quilt3 8.0.0 run'),
    'neither uris nor files': succeeds('a revision without entries', 'quilt3 8.0.0 run: an empty package is pushed', {
      differs: { 'quilt-mcp': 'refuses an empty list of URIs', contract: 'quilt3' },
    }),
    'package exists': succeeds(
      'a new latest revision with exactly these entries; the earlier ones stay',
      'P-11; quilt-mcp 0.20.0 always forces',
      {
        differs: { 'quilt3-python': 'conflict unless forced (run); its adapter forces', contract: 'platform' },
      },
    ),
    'the same content again': succeeds('the same top hash, one revision more', 'quilt3 8.0.0 run'),
  },
  updateRevision: {
    ...inputRows,
    'package does not exist': fails(
      'NotFoundError',
      { package: '$name' },
      'quilt3 8.0.0 run: NoSuchKey of the pointer; schema: Query.package is null',
    ),
    ...sourceRows,
    'a new key is a directory of the package, or below one of its files': fails(
      'ValidationError',
      { field: 'uris' },
      'quilt3 8.0.0 run: both refused; field `files` for a file',
    ),
    ...pushRows,
    'entries that are not named': succeeds('kept as they are: key, size, hash, physical key, metadata', 'P-10; quilt3 8.0.0 run'),
    'an entry of the same logical key': succeeds(
      'replaced, its metadata too: what the new one has, or none',
      'quilt3 8.0.0 run: set() drops the old meta',
    ),
    'copy is true': succeeds('every entry of the new revision is copied, kept ones too', 'P-11; quilt3 8.0.0 run: selector_fn_copy_all'),
    'metadata not given': succeeds('as it was, absent included', 'P-10'),
    'metadata given': succeeds(
      'each of its top-level keys replaces the old one, null included; other keys stay',
      'P-10; quilt-mcp 0.20.0: {**existing, **new}',
    ),
    'metadata given where there was none, or no object': succeeds(
      'exactly what is given',
      'quilt-mcp 0.20.0: existing metadata that is no dict counts as {}',
    ),
    'message not given': succeeds('null: the old message is not carried over', 'quilt3 8.0.0 run'),
    'neither uris, files nor metadata': succeeds('a new revision with the same entries', 'quilt3 8.0.0 run'),
  },
  deletePackage: {
    ...nameRows,
    ...registryRows,
    'no hash, package does not exist': succeeds('silent', 'quilt3 8.0.0 run'),
    'no hash': succeeds('its pointers are gone; manifests and data stay', 'quilt3 8.0.0 run'),
    'no revision has the hash, or package does not exist': fails(
      'NotFoundError',
      { package: '$name', hash: '$hash' },
      'quilt3 8.0.0 run: "No such package version"',
    ),
    'first 6 to 63 digits of a hash': fails('NotFoundError', { package: '$name', hash: '$hash' }, 'schema: packageRevisionDelete(hash)', {
      differs: { 'quilt3-python': 'deletes the revision whose manifest begins so (run)', contract: 'platform' },
    }),
    'hash of latest, or the tag latest, and others remain': succeeds('latest is the newest that remains', 'quilt3 8.0.0 run'),
    'hash of an earlier revision': succeeds('latest stays', 'quilt3 8.0.0 run'),
    'hash that was pushed twice': succeeds('both revisions are gone', 'quilt3 8.0.0 run'),
    'hash of the only revision': succeeds('the package is gone', 'quilt3 8.0.0 run'),
    'caller may only read the bucket': inputRows['caller may only read the bucket'],
  },
} satisfies Partial<Record<OperationName, Rows>>;
