/** P-21: a registry that answers GraphQL at the other place. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'a registry without /graphql is asked at /api/graphql, from then on at once',
  level: 'must',
  incidents: ['P-21'],
  needs: ['bucketInfo', 'listBuckets', 'createRevision', 'browse'],
  requires: ['control'],
  only: { backends: ['platform'], because: 'quilt3 8.0.0 knows /graphql alone' },
  async run({ world }) {
    await world.fault({ door: 'graphql', operation: '/graphql', answer: { kind: 'respond', status: 404, body: 'not here' } });
    const ops = await world.open({ without: ['graphqlUrl'] });
    await ops.bucketInfo({ bucket: world.bucket() });
    await ops.listBuckets();
    const name = world.packageName();
    await ops.createRevision({ name, uris: await world.objects({ 'a.txt': 'a' }), message: 'm' });
    await ops.browse({ name, path: '' });
  },
});
