/** P-18: managed and unmanaged policies have operations of their own. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'a policy of the other kind is a ValidationError, one that does not exist a NotFoundError that names its id',
  level: 'must',
  incidents: ['P-07', 'P-18'],
  tags: ['administration'],
  needs: [
    'admin.policies.createManaged',
    'admin.policies.createUnmanaged',
    'admin.policies.updateManaged',
    'admin.policies.updateUnmanaged',
    'admin.policies.get',
    'admin.policies.delete',
    'admin.policies.list',
  ],
  requires: ['own-registry'],
  async run({ ops, attempt }) {
    const { policies } = ops.admin;
    const arn = 'arn:aws:iam::210987654321:policy/outside';
    const managed = await policies.createManaged({ title: 'Managed', permissions: [], roles: [] });
    const unmanaged = await policies.createUnmanaged({ title: 'Unmanaged', arn, roles: [] });
    await attempt(policies.updateManaged({ id: unmanaged.id, title: 'Other', permissions: [], roles: [] }));
    await attempt(policies.updateUnmanaged({ id: managed.id, title: 'Other', arn: `${arn}2`, roles: [] }));
    for (const id of ['no-such-policy', '00000000-0000-4000-8000-000000000000']) {
      await attempt(policies.get({ id }));
      await attempt(policies.updateManaged({ id, title: 'Other', permissions: [], roles: [] }));
      await attempt(policies.updateUnmanaged({ id, title: 'Other', arn, roles: [] }));
      await attempt(policies.delete({ id }));
    }
    await policies.list();
  },
});
