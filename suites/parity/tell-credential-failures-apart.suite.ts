/** P-06: the error-class table of the registry's REST routes. */
import { scenario } from '../case/scenario.ts';
import { anyFailures, brokenBodies, failureOf, PATIENCE_MS, SAT_OUT } from './failures.ts';

const failures = { ...anyFailures, ...brokenBodies, '403': { kind: 'respond', status: 403, body: '{"message":"not you"}' } } as const;

export default scenario({
  title: 'each way in which the registry fails to give keys is an error of its own class and code',
  level: 'must',
  incidents: ['P-06'],
  needs: ['awsCredentials'],
  requires: ['control'],
  axes: { failure: Object.keys(failures) },
  exchangeDeadlineMs: PATIENCE_MS,
  ...SAT_OUT,
  async run({ ops, world, at, attempt }) {
    await world.fault({ door: 'rest', operation: '/api/auth/get_credentials', answer: failureOf(failures, at['failure']) });
    await attempt(ops.awsCredentials());
    await world.clearFaults();
    await ops.awsCredentials();
  },
});
