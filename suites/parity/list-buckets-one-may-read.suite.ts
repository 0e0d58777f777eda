/** P-18, P-28: buckets are seen by whoever may read them. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'users see the buckets that their active role may read, administrators all, and of others nobody learns that they are there',
  level: 'must',
  incidents: ['P-18', 'P-28'],
  tags: ['administration'],
  needs: [
    'listBuckets',
    'bucketInfo',
    'admin.policies.createManaged',
    'admin.roles.createManaged',
    'admin.users.setRole',
    'admin.buckets.update',
  ],
  requires: ['own-registry', 'second-bucket'],
  tenant: { buckets: 2 },
  async run({ ops, world, attempt }) {
    const role = await ops.admin.roles.createManaged({ name: world.freshName('Analysts'), policies: [] });
    const permissions = [{ bucket: world.bucket(1), level: 'READ' }];
    await ops.admin.policies.createManaged({ title: 'Second only', permissions, roles: [role.id] });
    await ops.admin.buckets.update({ name: world.bucket(1), title: 'Second', description: 'seen', tags: ['b', 'a'] });
    const theirs = await world.open({ as: 'user' });
    const look = async () => {
      await theirs.listBuckets();
      for (const bucket of [world.bucket(0), world.bucket(1), 'crosscheck-no-such-bucket-at-all'])
        await attempt(theirs.bucketInfo({ bucket }));
    };
    await look();
    // The second role is no help while it is not active.
    await ops.admin.users.setRole({ name: 'user', role: role.name, extraRoles: ['DataEditors'] });
    await look();
    await ops.admin.users.setRole({ name: 'user', role: 'ExternalAnalysts', extraRoles: [role.name] });
    await look();
    await ops.admin.users.setRole({ name: 'user', role: 'ReadQuiltBucket' });
    await look();
    await ops.listBuckets();
    const nobody = await world.open({ as: 'nobody' });
    await attempt(nobody.listBuckets());
    await attempt(nobody.bucketInfo({ bucket: world.bucket(0) }));
  },
});
