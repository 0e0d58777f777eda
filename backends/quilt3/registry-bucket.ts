/** Which bucket a package registry is, however it is spelt (P-23). */
import { type Call, errorOf } from './call.ts';

/** Bucket of `s3://bucket`, `s3://bucket/` or `bucket`; a path below it is a ValidationError, since quilt3 pushes to whole buckets only. */
export function bucketOf(call: Call, registry: string | undefined): string {
  const spelt = registry ?? call.session.defaultRegistry();
  if (spelt === null) throw errorOf(call, 'ValidationError', 'registry: expected a bucket, got none and no default', { field: 'registry' });
  const [, bucket, path] = /^(?:s3:\/\/)?([^/?#]+)(?:\/(.*))?$/s.exec(spelt) ?? [];
  if (bucket === undefined)
    throw errorOf(call, 'ValidationError', `registry: expected s3://bucket, got ${JSON.stringify(spelt)}`, { field: 'registry' });
  if (path)
    throw errorOf(call, 'ValidationError', `registry: expected a bucket, got a path in one: ${JSON.stringify(spelt)}`, {
      field: 'registry',
    });
  return bucket;
}
