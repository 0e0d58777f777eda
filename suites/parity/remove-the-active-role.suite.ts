/** P-18: a user is never left without a role by accident. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'when the active role goes the fallback is active, else the first that is left, and with none left it is a ValidationError',
  level: 'must',
  incidents: ['P-18', 'P-07'],
  tags: ['administration'],
  needs: ['admin.users.setRole', 'admin.users.removeRoles', 'admin.users.get'],
  requires: ['own-registry'],
  async run({ ops, attempt }) {
    const name = 'user';
    await ops.admin.users.setRole({ name, role: 'DataEditors', extraRoles: ['DataReaders'] });
    await attempt(ops.admin.users.removeRoles({ name, roles: ['DataEditors'], fallback: 'DataEditors' }));
    await ops.admin.users.removeRoles({ name, roles: ['DataEditors'], fallback: 'ExternalAnalysts' });
    await ops.admin.users.removeRoles({ name, roles: ['ExternalAnalysts'] });
    await attempt(ops.admin.users.removeRoles({ name, roles: ['DataReaders'] }));
    await attempt(ops.admin.users.removeRoles({ name, roles: ['DataReaders', 'DataEditors'], fallback: 'DataEditors' }));
    await ops.admin.users.get({ name });
    await ops.admin.users.removeRoles({ name, roles: ['DataReaders'], fallback: 'DataEditors' });
  },
});
