/** C-05: an answer that holds errors, whatever its status. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'raw GraphQL answers with data and every message of the server; an operation keeps the message in its error',
  level: 'must',
  incidents: ['C-05', 'P-06'],
  needs: ['graphql', 'bucketInfo'],
  requires: ['control'],
  axes: { status: ['200', '400'], data: ['none', 'null', 'partial'] },
  async run({ ops, world, at, attempt }) {
    const dataOf = (field: string) => ({ none: {}, null: { data: null }, partial: { data: { [field]: null } } })[at['data'] ?? ''];
    const errors = [{ message: 'the first shard is gone' }, { message: 'and so is the second' }];
    for (const field of ['me', 'bucketConfig']) {
      const body = JSON.stringify({ ...dataOf(field), errors });
      await world.fault({ door: 'graphql', operation: field, answer: { kind: 'respond', status: Number(at['status']), body } });
    }
    await attempt(ops.graphql({ query: '{ me { name } }' }));
    await attempt(ops.bucketInfo({ bucket: world.bucket() }));
  },
});
