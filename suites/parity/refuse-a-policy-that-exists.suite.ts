/** P-18: titles and ARNs belong to one policy each. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'a title or an ARN that another policy has is a ConflictError that names it; a policy keeps its own',
  level: 'must',
  incidents: ['P-18'],
  tags: ['administration'],
  needs: [
    'admin.policies.createManaged',
    'admin.policies.createUnmanaged',
    'admin.policies.updateManaged',
    'admin.policies.updateUnmanaged',
    'admin.policies.list',
  ],
  requires: ['own-registry'],
  async run({ ops, attempt }) {
    const { policies } = ops.admin;
    const arn = 'arn:aws:iam::210987654321:policy/outside';
    const managed = await policies.createManaged({ title: 'Managed', permissions: [], roles: [] });
    const unmanaged = await policies.createUnmanaged({ title: 'Unmanaged', arn, roles: [] });
    const other = await policies.createUnmanaged({ title: 'Other', arn: `${arn}2`, roles: [] });
    await attempt(policies.createManaged({ title: 'Unmanaged', permissions: [], roles: [] }));
    await attempt(policies.createUnmanaged({ title: 'Managed', arn: `${arn}3`, roles: [] }));
    await attempt(policies.createUnmanaged({ title: 'New', arn, roles: [] }));
    await attempt(policies.updateManaged({ id: managed.id, title: 'Other', permissions: [], roles: [] }));
    await attempt(policies.updateUnmanaged({ id: unmanaged.id, title: 'Other', arn, roles: [] }));
    await attempt(policies.updateUnmanaged({ id: other.id, title: 'Other', arn, roles: [] }));
    await policies.updateManaged({ id: managed.id, title: 'Managed', permissions: [], roles: [] });
    await policies.updateUnmanaged({ id: unmanaged.id, title: 'Unmanaged', arn, roles: [] });
    // Titles are told apart by case.
    await policies.createManaged({ title: 'managed', permissions: [], roles: [] });
    await policies.list();
  },
});
