/** P-18, C-02, C-03: a managed policy is made with its grants and its roles. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'a managed policy has its grants by bucket name and level, and its roles grant them at once',
  level: 'must',
  incidents: ['P-18', 'C-01', 'C-02', 'C-03'],
  tags: ['administration'],
  needs: ['admin.policies.createManaged', 'admin.policies.get', 'admin.policies.list', 'admin.roles.createManaged', 'admin.roles.get'],
  requires: ['own-registry', 'second-bucket'],
  tenant: { buckets: 2 },
  async run({ ops, world }) {
    const role = await ops.admin.roles.createManaged({ name: world.freshName('Analysts'), policies: [] });
    const policy = await ops.admin.policies.createManaged({
      title: 'Read here, write there: ä "quoted"',
      permissions: [
        { bucket: world.bucket(0), level: 'READ' },
        { bucket: world.bucket(1), level: 'READ_WRITE' },
      ],
      roles: [role.id],
    });
    await ops.admin.policies.get({ id: policy.id });
    await ops.admin.policies.list();
    await ops.admin.roles.get({ id: role.id });
  },
});
