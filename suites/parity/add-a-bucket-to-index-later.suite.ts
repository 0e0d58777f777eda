/** P-18: a bucket whose first scan is left for later was never indexed, and no change of its settings says that it was. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'a bucket added with its first scan left for later says that it was never indexed, also after a change of its settings',
  level: 'must',
  incidents: ['P-18'],
  tags: ['administration'],
  needs: ['admin.buckets.remove', 'admin.buckets.add', 'admin.buckets.update', 'admin.buckets.get', 'admin.buckets.list'],
  requires: ['own-registry'],
  async run({ ops, world }) {
    const name = world.bucket();
    await ops.admin.buckets.remove({ name });
    await ops.admin.buckets.add({ name, title: 'Later', delayScan: true });
    await ops.admin.buckets.get({ name });
    await ops.admin.buckets.update({ name, title: 'Still later' });
    await ops.admin.buckets.list();
    await ops.admin.buckets.remove({ name });
    await ops.admin.buckets.add({ name, title: 'At once', delayScan: false });
  },
});
