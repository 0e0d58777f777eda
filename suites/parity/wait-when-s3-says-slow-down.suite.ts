/** P-26: AWS's own word for throttling, which is no 429. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'a request to which S3 says SlowDown is sent again, twice at most; what was pushed is there once',
  level: 'must',
  incidents: ['P-26', 'P-06'],
  needs: ['createRevision', 'listPackages', 'listRevisions'],
  requires: ['own-bucket', 'control'],
  only: { backends: ['quilt3'], because: 'it never asks S3, or retries by rules of its own (botocore)' },
  axes: { times: ['1', '2', '3'] },
  async run({ ops, world, at, attempt }) {
    const name = world.packageName();
    const uris = await world.objects({ 'a.txt': 'a' });
    const body = '<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>';
    const answer = { kind: 'respond', status: 503, headers: { 'content-type': 'application/xml', 'retry-after': '0' }, body } as const;
    const throttle = (operation: string) => world.fault({ door: 's3', operation, times: Number(at['times']), answer });
    await throttle('PutObject');
    await attempt(ops.createRevision({ name, uris, message: 'once' }));
    await throttle('ListObjectsV2');
    await attempt(ops.listPackages({}));
    await world.clearFaults();
    await attempt(ops.listRevisions({ name }));
  },
});
