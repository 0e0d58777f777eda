/** P-06, P-26: the error-class table of GraphQL, for changes. */
import { scenario } from '../case/scenario.ts';
import { failureOf, graphqlFailures, PATIENCE_MS, SAT_OUT } from './failures.ts';

export default scenario({
  title: 'each way in which GraphQL fails to make a change is an error of its own class, nothing is changed and nothing sent twice',
  level: 'must',
  incidents: ['P-06', 'P-26', 'C-05'],
  needs: ['admin.policies.createManaged', 'admin.policies.list'],
  requires: ['own-registry'],
  axes: { failure: Object.keys(graphqlFailures) },
  exchangeDeadlineMs: PATIENCE_MS,
  ...SAT_OUT,
  async run({ ops, world, at, attempt }) {
    await world.fault({ door: 'graphql', operation: 'policyCreateManaged', answer: failureOf(graphqlFailures, at['failure']) });
    await attempt(ops.admin.policies.createManaged({ title: 'Never', permissions: [], roles: [] }));
    await world.repeats();
    await ops.admin.policies.list();
  },
});
