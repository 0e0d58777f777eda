/** P-21: a registry that answers GraphQL nowhere. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'a registry that serves GraphQL at no known place is one BackendError, and the next call looks again',
  level: 'must',
  incidents: ['P-21'],
  needs: ['bucketInfo', 'listBuckets'],
  requires: ['control'],
  async run({ world, attempt }) {
    const ops = await world.open({ without: ['graphqlUrl'] });
    await world.fault({ door: 'graphql', answer: { kind: 'respond', status: 404, body: 'not here' } });
    await attempt(ops.bucketInfo({ bucket: world.bucket() }));
    await attempt(ops.listBuckets());
    await world.clearFaults();
    await ops.bucketInfo({ bucket: world.bucket() });
  },
});
