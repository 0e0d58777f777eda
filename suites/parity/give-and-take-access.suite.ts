/** P-18, P-20: policy, role and user as one workflow, seen from S3. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'a policy on a role of a user gives access, a higher level more, and taking any of the three away takes it',
  level: 'must',
  incidents: ['P-18', 'P-20'],
  tags: ['administration'],
  needs: [
    'admin.policies.createManaged',
    'admin.policies.updateManaged',
    'admin.roles.createManaged',
    'admin.roles.updateManaged',
    'admin.users.create',
    'admin.users.setRole',
    'awsCredentials',
    'listBuckets',
  ],
  requires: ['own-registry', 'second-bucket'],
  tenant: { buckets: 2 },
  async run({ ops, world }) {
    const { policies, roles, users } = ops.admin;
    const bucket = world.bucket(1);
    const key = 'given/a.txt';
    await world.putObject(key, 'a', { bucket: 1 });
    const role = await roles.createManaged({ name: world.freshName('Analysts'), policies: [] });
    const user = world.freshName('analyst');
    await users.create({ name: user, email: 'analyst@example.com', role: role.name });
    const theirs = await world.open({ token: await world.token({ user }), without: ['refreshToken'] });
    // New keys each time, since keys that were given out may be of the role that the user had then.
    const look = async () => {
      await theirs.listBuckets();
      const keys = await theirs.awsCredentials();
      await world.tryKeys(keys, 'get', { key, bucket: 1 });
      await world.tryKeys(keys, 'put', { key, bucket: 1 });
      await world.tryKeys(keys, 'get', { key, bucket: 0 });
    };
    await look();
    const policy = { title: 'Analysis', roles: [role.id] };
    const { id } = await policies.createManaged({ ...policy, permissions: [{ bucket, level: 'READ' }] });
    await look();
    await policies.updateManaged({ id, ...policy, permissions: [{ bucket, level: 'READ_WRITE' }] });
    await look();
    await roles.updateManaged({ id: role.id, name: role.name, policies: [] });
    await look();
    await roles.updateManaged({ id: role.id, name: role.name, policies: [id] });
    await look();
    await users.setRole({ name: user, role: 'ExternalAnalysts', extraRoles: [role.name] });
    await look();
    await users.setRole({ name: user, role: role.name });
    await policies.updateManaged({ id, ...policy, permissions: [] });
    await look();
  },
});
