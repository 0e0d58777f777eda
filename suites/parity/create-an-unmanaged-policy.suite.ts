/** P-18: an unmanaged policy is an ARN under a title. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'an unmanaged policy has the ARN as given, no permissions, and the roles it was given',
  level: 'must',
  incidents: ['P-18'],
  tags: ['administration'],
  needs: ['admin.policies.createUnmanaged', 'admin.policies.get', 'admin.policies.list', 'admin.roles.list', 'admin.roles.get'],
  requires: ['own-registry'],
  async run({ ops }) {
    const role = (await ops.admin.roles.list()).find(({ name }) => name === 'DataReaders')?.id ?? '';
    const arn = 'arn:aws:iam::210987654321:policy/path/analysts';
    const policy = await ops.admin.policies.createUnmanaged({ title: 'Analysts', arn, roles: [role] });
    await ops.admin.policies.createUnmanaged({ title: 'AWS own', arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess', roles: [] });
    await ops.admin.policies.get({ id: policy.id });
    await ops.admin.policies.list();
    await ops.admin.roles.get({ id: role });
  },
});
