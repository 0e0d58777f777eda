/** P-18: a policy in use stays. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'a policy goes when no role has it, and its title and ARN are free then',
  level: 'must',
  incidents: ['P-18'],
  tags: ['administration'],
  needs: [
    'admin.policies.createManaged',
    'admin.policies.createUnmanaged',
    'admin.policies.delete',
    'admin.policies.get',
    'admin.policies.list',
    'admin.roles.createManaged',
    'admin.roles.updateManaged',
  ],
  requires: ['own-registry'],
  async run({ ops, world, attempt }) {
    const { policies, roles } = ops.admin;
    const role = await roles.createManaged({ name: world.freshName('Analysts'), policies: [] });
    const arn = 'arn:aws:iam::210987654321:policy/outside';
    const managed = await policies.createManaged({ title: 'Managed', permissions: [], roles: [role.id] });
    const unmanaged = await policies.createUnmanaged({ title: 'Unmanaged', arn, roles: [role.id] });
    await attempt(policies.delete({ id: managed.id }));
    await attempt(policies.delete({ id: unmanaged.id }));
    await roles.updateManaged({ id: role.id, name: role.name, policies: [] });
    await policies.delete({ id: managed.id });
    await policies.delete({ id: unmanaged.id });
    await attempt(policies.get({ id: managed.id }));
    await attempt(policies.delete({ id: managed.id }));
    await policies.createUnmanaged({ title: 'Managed', arn, roles: [] });
    await policies.list();
  },
});
