/** P-06, C-05: the error-class table of GraphQL, for questions. */
import { scenario } from '../case/scenario.ts';
import { failureOf, graphqlFailures, PATIENCE_MS, SAT_OUT } from './failures.ts';

export default scenario({
  title: 'each way in which GraphQL fails to answer a question is an error of its own class, code and text',
  level: 'must',
  incidents: ['P-06', 'C-05'],
  needs: ['bucketInfo', 'listBuckets', 'authStatus', 'admin.policies.list'],
  requires: ['control'],
  axes: { failure: Object.keys(graphqlFailures) },
  exchangeDeadlineMs: PATIENCE_MS,
  ...SAT_OUT,
  async run({ ops, world, at, attempt }) {
    await world.fault({ door: 'graphql', answer: failureOf(graphqlFailures, at['failure']) });
    await Promise.all([
      attempt(ops.bucketInfo({ bucket: world.bucket() })),
      attempt(ops.listBuckets()),
      attempt(ops.authStatus()),
      attempt(ops.admin.policies.list()),
    ]);
    await world.clearFaults();
    await ops.bucketInfo({ bucket: world.bucket() });
  },
});
