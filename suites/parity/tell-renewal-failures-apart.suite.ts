/** P-25, P-06: a registry that fails to renew a token. */
import { scenario } from '../case/scenario.ts';
import { anyFailures, brokenBodies, failureOf, PATIENCE_MS, SAT_OUT } from './failures.ts';

const failures = { ...anyFailures, ...brokenBodies, '403': { kind: 'respond', status: 403 } } as const;

export default scenario({
  title: 'each way in which a token fails to be renewed is an error of its own class and code, and the next call may succeed',
  level: 'must',
  incidents: ['P-25', 'P-06'],
  needs: ['bucketInfo'],
  requires: ['control'],
  axes: { failure: Object.keys(failures) },
  exchangeDeadlineMs: PATIENCE_MS,
  ...SAT_OUT,
  async run({ world, at, attempt }) {
    const ops = await world.open({ token: await world.token({ user: 'user', expiresIn: -5 }) });
    await world.fault({ door: 'rest', operation: '/api/token', answer: failureOf(failures, at['failure']) });
    await attempt(ops.bucketInfo({ bucket: world.bucket() }));
    await world.clearFaults();
    await ops.bucketInfo({ bucket: world.bucket() });
  },
});
