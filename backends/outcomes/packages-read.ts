/** Outcomes of finding and reading packages. */
import type { OperationName } from '../operations.ts';
import { fails, type Rows, rejects, succeeds } from './outcome.ts';
import { nameRows, registryRows, revisionRows } from './shared-rows.ts';

const path = { package: '$name', hash: '$hash', path: '$path' } as const;

export const packagesRead = {
  listPackages: {
    ...registryRows,
    'bucket has packages': succeeds('every name once, however many revisions and pages there are', 'quilt3 8.0.0 run; P-14'),
    'bucket has none': succeeds('an empty set', 'quilt3 8.0.0 run'),
    'prefix given': succeeds(
      'names that begin with it, capitals told apart; the filter of the schema only narrows the request',
      'choice: a prefix is a prefix',
    ),
  },
  searchPackages: {
    ...registryRows,
    'limit is not a whole number above zero': rejects('limit', 'choice: nothing can be asked for with it'),
    'words given': succeeds(
      'latest revisions in which each word occurs. A word is a run of letters, digits and underscores, capitals alike; it occurs where such a run of the name, the message, or the metadata (names and values, as JSON) equals it',
      'P-14, P-24; choice: what Elasticsearch does with a simple query that needs every word',
    ),
    'query is * or blank': succeeds('the latest revision of every package', 'quilt-mcp 0.20.0: an empty query returns all packages'),
    'limit given and more are found': succeeds(
      'the first so many, by name in the order of code points',
      'choice: a limit that anyone can repeat',
    ),
    'no limit given': succeeds('all that are found, past every page', 'P-14'),
    'nothing is found': succeeds('an empty set', 'schema: EmptySearchResultSet'),
    'package pushed by another client a moment ago': succeeds('it is found', 'P-27'),
  },
  packageInfo: {
    ...nameRows,
    ...registryRows,
    ...revisionRows,
    'metadata was not given, or is null': succeeds(
      'metadata null',
      'quilt3 8.0.0 run: no user_meta in the manifest, or null; schema: PackageRevision.userMeta is nullable',
    ),
    'metadata is an empty object': succeeds('metadata {}', 'quilt3 8.0.0 run: user_meta {} stays and makes another top hash', {
      differs: { 'quilt3-python': 'Package.meta is {} for both; its adapter reads the manifest header', contract: 'platform' },
    }),
    'metadata has tags': succeeds('a list gives its strings in order, a string gives itself, anything else none', 'P-24'),
    'message was not given': succeeds('message null, not an empty text', 'quilt3 8.0.0 run: "message": null'),
    'pushed under a workflow': succeeds(
      'its id; null when the configuration names none by default',
      'quilt3 8.0.0 run: workflow {"id": null, …} when none is required',
    ),
    modified: succeeds(
      'the second in which the newest pointer with the hash was written',
      'reference: a pointer is named by unix seconds; schema: PackageRevision.modified',
    ),
    'one revision of several': succeeds('that revision, whatever latest is', 'quilt3 8.0.0 run'),
  },
  listRevisions: {
    ...nameRows,
    ...registryRows,
    'package does not exist': fails('NotFoundError', { package: '$name' }, 'schema: Query.package is null; a package is its pointers', {
      differs: { 'quilt3-python': 'an empty list (run), which no package that exists has; its adapter throws', contract: 'platform' },
    }),
    'several revisions': succeeds('newest first, all pages, metadata null when there is none', 'quilt3 8.0.0 run; P-14'),
    'the same content was pushed twice': succeeds('two revisions with one top hash', 'quilt3 8.0.0 run: two pointers'),
    'pushed twice within one second': succeeds(
      'one revision, the later: a pointer is named by its second',
      'reference: two pushes within one second share one pointer; the harness keeps pushes of one package a second apart',
    ),
  },
  browse: {
    ...nameRows,
    ...registryRows,
    ...revisionRows,
    "path is ''": succeeds(
      'the root: kind directory, path empty, metadata null, size of all, children what stands directly in it',
      'P-08; quilt3 8.0.0 run',
    ),
    'path of a directory, with or without one slash at its end': succeeds(
      'the directory, its path without the slash, size of all below, physicalKey null',
      'P-08; schema: PackageDir',
    ),
    'path of a file': succeeds('the file, children null', 'P-08; schema: PackageFile'),
    'nothing at the path': fails('NotFoundError', path, 'quilt3 8.0.0 run: KeyError; schema: dir and file are null'),
    'path of a file with a slash at its end, or below a file': fails('NotFoundError', path, 'quilt3 8.0.0 run: KeyError, AttributeError'),
    'path begins with a slash, or has an empty, . or .. segment': fails(
      'NotFoundError',
      path,
      'quilt3 8.0.0 run: KeyError; such keys cannot be set',
    ),
    'entry metadata': succeeds(
      'what the user gave; null when nothing was given, {} when {} was',
      'quilt3 8.0.0 run: meta {} and meta {"user_meta": {}}',
    ),
    'package without entries': succeeds('the root with size 0 and no children; any other path is not found', 'quilt3 8.0.0 run'),
    'keys with spaces, plus, percent, question mark, hash sign, Unicode': succeeds(
      'the logical key as it is; the physical key percent-encoded',
      'P-15; quilt3 8.0.0 run',
    ),
  },
  contentUrl: {
    ...nameRows,
    "path is ''": rejects('path', 'quilt-mcp 0.20.0: a path must be a non-empty string'),
    ...registryRows,
    ...revisionRows,
    'path of a directory': fails('ValidationError', { field: 'path' }, 'quilt3 8.0.0: Package.get raises ValueError for what is no entry'),
    'nothing at the path': fails('NotFoundError', path, 'quilt3 8.0.0 run: KeyError; schema: PackageRevision.file is null'),
    'path of a file': succeeds(
      'a URL that gives the bytes of the version that was entered, once or often, and ends',
      'P-17; schema: BrowsingSession.expires',
    ),
    'fetched after its end': succeeds(
      'the URL is refused with 403; within an hour at most, on Platform 180 s unless refreshed',
      'P-17; schema: browsingSessionCreate(ttl = 180)',
    ),
  },
  diff: {
    ...nameRows,
    ...registryRows,
    'package does not exist, or no revision has `from`': fails(
      'NotFoundError',
      { package: '$name', hash: '$from' },
      'as browse; `from` is looked up first',
    ),
    'no revision has `to`': fails('NotFoundError', { package: '$name', hash: '$to' }, 'as browse'),
    'key only in `to`, only in `from`': succeeds('added, deleted', 'quilt3 8.0.0 run: from.diff(to) gives added, modified, deleted; P-09'),
    'size, hash or metadata of an entry changed': succeeds('modified; metadata {} in place of none counts', 'quilt3 8.0.0 run'),
    'only the physical key changed': succeeds('no difference', 'quilt3 8.0.0 run'),
    'the same revision twice': succeeds('three empty sets', 'quilt3 8.0.0 run'),
  },
} satisfies Partial<Record<OperationName, Rows>>;
