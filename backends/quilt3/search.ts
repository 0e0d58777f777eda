/** Search, through the registry's Elasticsearch as quilt3 does it. */
import { ZodError } from 'zod';
import { QuiltError } from '../errors.ts';
import { bucketSummary, readBucket } from './account.ts';
import { type Call, errorOf, type Topic } from './call.ts';
import { readAs } from './read-as.ts';
import { bucketOf } from './registry-bucket.ts';
import { askRegistry } from './registry-rest.ts';
import { type AskIndex, hits, searchIndex } from './search-index.ts';

/** Throws a ValidationError for a limit with which nothing can be asked. */
function checkLimit(call: Call, limit: number | undefined): void {
  if (limit === undefined || (Number.isInteger(limit) && limit > 0)) return;
  throw errorOf(call, 'ValidationError', `limit: expected a whole number above zero, got ${limit}`, { field: 'limit' });
}

export const search: Topic<'searchPackages'> = {
  searchPackages: {
    uses: [bucketSummary],
    async run(call, { registry, query, limit }) {
      const bucket = bucketOf(call, registry);
      checkLimit(call, limit);
      try {
        return await searchIndex(indexOf(call, bucket), bucket, query, limit);
      } catch (error) {
        if (error instanceof ZodError || error instanceof SyntaxError) {
          throw errorOf(
            call,
            'BackendError',
            '/api/search: expected documents of the package index, got others',
            { code: 'broken-body' },
            error,
          );
        }
        // A bucket that the stack does not have, or that the user may not read, is refused with 403: the stack says whether it is that.
        if (error instanceof QuiltError && error.name === 'PermissionError') await readBucket(call, bucket);
        throw error;
      }
    },
  },
};

/** Asks the index of a bucket's packages. */
function indexOf(call: Call, bucket: string): AskIndex {
  return async (body, size) => {
    const parameters = new URLSearchParams({
      index: `${bucket}_packages`,
      action: 'freeform',
      body: JSON.stringify(body),
      size: String(size),
    });
    const answer = await askRegistry(call, `/api/search?${parameters}`);
    return readAs(call, '/api/search', hits, answer).hits.hits.map(({ _source }) => _source);
  };
}
