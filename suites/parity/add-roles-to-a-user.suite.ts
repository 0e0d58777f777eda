/** P-18: roles are added beside the active one, each once. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'added roles are extra roles, each once, and the active role stays active',
  level: 'must',
  incidents: ['P-18'],
  tags: ['administration'],
  needs: ['admin.users.addRoles', 'admin.users.get'],
  requires: ['own-registry'],
  async run({ ops, attempt }) {
    const name = 'sso_user';
    await ops.admin.users.addRoles({ name, roles: ['DataEditors'] });
    await ops.admin.users.addRoles({ name, roles: ['DataEditors', 'DataReaders', 'ExternalAnalysts', 'ExternalAnalysts'] });
    await attempt(ops.admin.users.addRoles({ name, roles: ['ReadQuiltBucket', 'NoSuchRole'] }));
    await ops.admin.users.get({ name });
  },
});
