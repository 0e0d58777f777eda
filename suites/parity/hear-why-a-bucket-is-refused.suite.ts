/** P-07: reasons that this target has no cause to give are told apart all the same, when a server gives them. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'a bucket that is being indexed is a ConflictError; a licence or a topic that fails is a BackendError with its name',
  level: 'must',
  incidents: ['P-07', 'P-18'],
  tags: ['administration'],
  needs: ['admin.buckets.remove', 'admin.buckets.add', 'admin.buckets.update'],
  requires: ['own-registry'],
  async run({ ops, world, attempt }) {
    const { buckets } = ops.admin;
    const bucket = { name: world.bucket(), title: 'Data' };
    // Each of these is refused anyway, for a reason that can be had here; the server gives another.
    const refuseAs = (operation: string, member: string) =>
      world.fault({
        door: 'graphql',
        operation,
        times: 1,
        answer: { kind: 'rewrite', edits: [{ pointer: '/data/*/__typename', value: member }] },
      });
    await refuseAs('bucketAdd', 'SubscriptionInvalid');
    await attempt(buckets.add(bucket));
    await refuseAs('bucketAdd', 'NotificationConfigurationError');
    await attempt(buckets.add(bucket));
    await buckets.remove({ name: bucket.name });
    await refuseAs('bucketUpdate', 'NotificationConfigurationError');
    await attempt(buckets.update(bucket));
    await refuseAs('bucketRemove', 'IndexingInProgress');
    await attempt(buckets.remove({ name: bucket.name }));
    await attempt(buckets.remove({ name: bucket.name }));
  },
});
