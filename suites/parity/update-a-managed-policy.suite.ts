/** P-18: an update of a policy is the whole of it. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'title, permissions and roles of a managed policy become exactly what is given',
  level: 'must',
  incidents: ['P-18', 'C-02', 'C-03'],
  tags: ['administration'],
  needs: ['admin.policies.createManaged', 'admin.policies.updateManaged', 'admin.policies.get', 'admin.roles.list', 'admin.roles.get'],
  requires: ['own-registry', 'second-bucket'],
  tenant: { buckets: 2 },
  async run({ ops, world }) {
    const roles = await ops.admin.roles.list();
    const idOf = (wanted: string) => roles.find(({ name }) => name === wanted)?.id ?? '';
    const grant = (bucket: number, level: string) => ({ bucket: world.bucket(bucket), level });
    const { id } = await ops.admin.policies.createManaged({
      title: 'First',
      permissions: [grant(0, 'READ')],
      roles: [idOf('DataReaders')],
    });
    await ops.admin.policies.updateManaged({
      id,
      title: 'First',
      permissions: [grant(0, 'READ_WRITE'), grant(1, 'READ')],
      roles: [idOf('DataReaders')],
    });
    await ops.admin.roles.get({ id: idOf('DataReaders') });
    await ops.admin.policies.updateManaged({ id, title: 'Second', permissions: [grant(1, 'READ_WRITE')], roles: [idOf('DataEditors')] });
    await ops.admin.roles.get({ id: idOf('DataReaders') });
    await ops.admin.roles.get({ id: idOf('DataEditors') });
    await ops.admin.policies.updateManaged({ id, title: 'Second', permissions: [], roles: [] });
    await ops.admin.policies.get({ id });
    await ops.admin.roles.list();
  },
});
