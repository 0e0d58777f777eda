/** P-26: a throttled request was not performed, and is sent again, twice at most. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'a question or a change that is throttled once or twice succeeds, and is made once; three times, it is a BackendError',
  level: 'must',
  incidents: ['P-26'],
  needs: ['bucketInfo', 'admin.policies.createManaged', 'admin.policies.list'],
  requires: ['own-registry'],
  axes: { times: ['1', '2', '3'], wait: ['unsaid', 'said'] },
  waitsAt: { wait: ['unsaid'] },
  async run({ ops, world, at, attempt }) {
    const headers = at['wait'] === 'said' ? { 'retry-after': '0' } : {};
    const throttle = (operation: string) =>
      world.fault({ door: 'graphql', operation, times: Number(at['times']), answer: { kind: 'respond', status: 429, headers } });
    await throttle('bucketConfig');
    await attempt(ops.bucketInfo({ bucket: world.bucket() }));
    await throttle('policyCreateManaged');
    await attempt(ops.admin.policies.createManaged({ title: 'Once', permissions: [], roles: [] }));
    await world.repeats();
    await ops.admin.policies.list();
  },
});
