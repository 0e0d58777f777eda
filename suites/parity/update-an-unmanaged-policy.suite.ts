/** P-18: an update of a policy is the whole of it. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'title, ARN and roles of an unmanaged policy become exactly what is given',
  level: 'must',
  incidents: ['P-18'],
  tags: ['administration'],
  needs: ['admin.policies.createUnmanaged', 'admin.policies.updateUnmanaged', 'admin.policies.get', 'admin.roles.list'],
  requires: ['own-registry'],
  async run({ ops }) {
    const roles = await ops.admin.roles.list();
    const idOf = (wanted: string) => roles.find(({ name }) => name === wanted)?.id ?? '';
    const arn = 'arn:aws:iam::210987654321:policy/first';
    const { id } = await ops.admin.policies.createUnmanaged({ title: 'First', arn, roles: [idOf('DataReaders')] });
    await ops.admin.policies.updateUnmanaged({ id, title: 'First', arn, roles: [idOf('DataEditors'), idOf('DataReaders')] });
    await ops.admin.policies.updateUnmanaged({ id, title: 'Second', arn: 'arn:aws:iam::210987654321:policy/second', roles: [] });
    await ops.admin.policies.get({ id });
    await ops.admin.roles.list();
  },
});
