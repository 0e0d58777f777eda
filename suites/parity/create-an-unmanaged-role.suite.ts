/** P-18: an unmanaged role is an ARN under a name. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'an unmanaged role has the ARN as given, in any partition, and neither policies nor permissions',
  level: 'must',
  incidents: ['P-18'],
  tags: ['administration'],
  needs: ['admin.roles.createUnmanaged', 'admin.roles.get', 'admin.roles.list'],
  requires: ['own-registry'],
  async run({ ops, world }) {
    const arn = 'arn:aws:iam::210987654321:role/path/to/analysts';
    const role = await ops.admin.roles.createUnmanaged({ name: world.freshName('Outside'), arn });
    await ops.admin.roles.createUnmanaged({ name: world.freshName('China'), arn: 'arn:aws-cn:iam::210987654321:role/analysts' });
    // Two roles may stand for one.
    await ops.admin.roles.createUnmanaged({ name: world.freshName('Again'), arn });
    await ops.admin.roles.get({ id: role.id });
    await ops.admin.roles.list();
  },
});
