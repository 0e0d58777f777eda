/** P-26: throttling on the way of a package operation, whichever door a backend goes through. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'package operations that are throttled once or twice succeed and are made once',
  level: 'must',
  incidents: ['P-26'],
  needs: ['createRevision', 'listRevisions', 'listPackages', 'browse'],
  requires: ['own-bucket', 'control'],
  only: {
    backends: ['quilt3', 'platform'],
    because: 'the published quilt3 is given one try, since its own five outlive a case in which every answer fails',
  },
  axes: { times: ['1', '2'] },
  async run({ ops, world, at }) {
    const name = world.packageName();
    const uris = await world.objects({ 'a.txt': 'a' });
    const throttle = async (s3: string, graphql: string) => {
      const answer = { kind: 'respond', status: 429, headers: { 'retry-after': '0' } } as const;
      await world.fault({ door: 's3', operation: s3, times: Number(at['times']), answer });
      await world.fault({ door: 'graphql', operation: graphql, times: Number(at['times']), answer });
    };
    await throttle('PutObject', 'packageConstruct');
    await ops.createRevision({ name, uris, message: 'once' });
    await world.clearFaults();
    await throttle('ListObjectsV2', 'packages');
    await ops.listPackages({});
    await world.clearFaults();
    await throttle('GetObject', 'package');
    await ops.browse({ name, path: '' });
    await world.repeats();
    await ops.listRevisions({ name });
  },
});
