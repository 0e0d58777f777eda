/** Search, through the registry's Elasticsearch as quilt3 does it. */
import { ZodError } from 'zod';
import { QuiltError } from '../errors.ts';
import { type Call, errorOf, noDocuments, type Topic } from './call.ts';
import { listObjects } from './objects.ts';
import { readAs } from './read-as.ts';
import { bucketOf } from './registry-bucket.ts';
import { POINTERS } from './registry-layout.ts';
import { askRegistry } from './registry-rest.ts';
import { hits, searchIndex } from './search-index.ts';

/** Throws a ValidationError for a limit with which nothing can be asked. */
export function checkLimit(call: Pick<Call, 'operation'>, limit: number | undefined): void {
  if (limit === undefined || (Number.isInteger(limit) && limit > 0)) return;
  throw new QuiltError('ValidationError', call.operation, `limit: expected a whole number above zero, got ${limit}`, { field: 'limit' });
}

export const search: Topic<'searchPackages'> = {
  searchPackages: noDocuments(async (call, { registry, query, limit }) => {
    const bucket = bucketOf(call, registry);
    checkLimit(call, limit);
    const ask = async (body: object, size: number) => {
      const parameters = new URLSearchParams({
        index: `${bucket}_packages`,
        action: 'freeform',
        body: JSON.stringify(body),
        size: String(size),
      });
      const answer = await askRegistry(call, `/api/search?${parameters}`);
      return readAs(call, '/api/search', hits, answer).hits.hits.map(({ _source }) => _source);
    };
    try {
      return await searchIndex(ask, bucket, query, limit);
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
      if (!(error instanceof QuiltError) || error.name !== 'PermissionError') throw error;
      // The registry refuses a bucket that it does not know as one that the user may not read; S3 tells the two apart.
      await listObjects(call, bucket, POINTERS);
      throw errorOf(call, 'NotFoundError', `bucket: expected ${bucket} in the stack, got none that may be searched`, { bucket }, error);
    }
  }),
};
