/** P-18: an update of a role is the whole of it. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'name and ARN of an unmanaged role become exactly what is given',
  level: 'must',
  incidents: ['P-18'],
  tags: ['administration'],
  needs: ['admin.roles.createUnmanaged', 'admin.roles.updateUnmanaged', 'admin.roles.get'],
  requires: ['own-registry'],
  async run({ ops, world }) {
    const arn = 'arn:aws:iam::210987654321:role/first';
    const { id } = await ops.admin.roles.createUnmanaged({ name: world.freshName('Outside'), arn });
    await ops.admin.roles.updateUnmanaged({ id, name: world.freshName('Outside'), arn: 'arn:aws:iam::210987654321:role/second' });
    await ops.admin.roles.updateUnmanaged({ id, name: world.freshName('Beyond'), arn });
    await ops.admin.roles.get({ id });
  },
});
