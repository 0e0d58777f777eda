/** P-18: a bucket that is there, that is nowhere, and that is of another account. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'a bucket of the stack is a ConflictError, one that does not exist a NotFoundError, one of another account a PermissionError',
  level: 'must',
  incidents: ['P-18', 'P-13'],
  tags: ['administration'],
  needs: ['admin.buckets.add', 'admin.buckets.update', 'admin.buckets.remove', 'admin.buckets.get', 'admin.buckets.list'],
  requires: ['own-registry', 'second-tenant'],
  async run({ ops, world, attempt }) {
    const { buckets } = ops.admin;
    await attempt(buckets.add({ name: world.bucket(), title: 'Twice' }));
    await attempt(buckets.add({ name: world.bucket(), title: ' ' }));
    for (const name of ['crosscheck-no-such-bucket-at-all', 'NO_BUCKET']) {
      await attempt(buckets.add({ name, title: 'Nowhere' }));
      await attempt(buckets.get({ name }));
      await attempt(buckets.update({ name, title: 'Nowhere' }));
      await attempt(buckets.update({ name, title: '' }));
      await attempt(buckets.remove({ name }));
    }
    const { world: neighbour } = await world.neighbour();
    const name = neighbour.bucket();
    await attempt(buckets.add({ name, title: 'Theirs' }));
    await attempt(buckets.get({ name }));
    await attempt(buckets.update({ name, title: 'Theirs' }));
    await attempt(buckets.remove({ name }));
    await buckets.list();
  },
});
