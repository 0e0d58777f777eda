/** The buckets of the stack. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'buckets of the stack with their settings, the same by name and in the list; one that is not there is a NotFoundError',
  level: 'must',
  needs: ['listBuckets', 'bucketInfo', 'admin.buckets.update'],
  requires: ['own-registry', 'second-bucket'],
  tenant: { buckets: 3 },
  async run({ ops, world, attempt }) {
    await ops.admin.buckets.update({ name: world.bucket(1), title: 'Two', description: 'the second', tags: ['b', 'a'] });
    const user = await world.open({ as: 'user' });
    await user.listBuckets();
    for (const index of [0, 1, 2]) await user.bucketInfo({ bucket: world.bucket(index) });
    await attempt(user.bucketInfo({ bucket: 'no-such-bucket-anywhere' }));
    await attempt(user.bucketInfo({ bucket: `${world.bucket()}x` }));
    await attempt(user.bucketInfo({ bucket: '' }));
    await attempt((await world.open({ as: 'nobody' })).listBuckets());
    await attempt((await world.open({ as: 'nobody' })).bucketInfo({ bucket: world.bucket() }));
  },
});
