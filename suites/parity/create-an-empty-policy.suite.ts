/** P-18, C-03: an empty list is a list. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'a policy with no permissions and one with no roles are made as they are',
  level: 'must',
  incidents: ['P-18', 'C-03'],
  tags: ['administration'],
  needs: ['admin.policies.createManaged', 'admin.policies.createUnmanaged', 'admin.policies.get', 'admin.roles.list', 'admin.roles.get'],
  requires: ['own-registry'],
  async run({ ops, world }) {
    const role = (await ops.admin.roles.list()).find(({ name }) => name === 'DataReaders')?.id ?? '';
    const nothing = await ops.admin.policies.createManaged({ title: 'Nothing', permissions: [], roles: [] });
    await ops.admin.policies.createManaged({ title: 'Nobody', permissions: [{ bucket: world.bucket(), level: 'READ_WRITE' }], roles: [] });
    await ops.admin.policies.createManaged({ title: 'Readers', permissions: [], roles: [role] });
    await ops.admin.policies.createUnmanaged({ title: 'Outside', arn: 'arn:aws:iam::210987654321:policy/outside', roles: [] });
    await ops.admin.policies.get({ id: nothing.id });
    // A policy that grants nothing leaves what the others of the role grant.
    await ops.admin.roles.get({ id: role });
  },
});
