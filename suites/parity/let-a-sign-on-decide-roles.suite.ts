/** P-18: roles of who comes by single sign-on are not given by hand. */
import { scenario } from '../case/scenario.ts';
import { signOnConfig } from './sign-on-config.ts';

export default scenario({
  title: 'roles and administration of a user who comes by single sign-on are ConflictErrors while it is in force; others are free',
  level: 'must',
  incidents: ['P-18'],
  tags: ['administration'],
  needs: [
    'admin.sso.set',
    'admin.sso.remove',
    'admin.users.setRole',
    'admin.users.addRoles',
    'admin.users.removeRoles',
    'admin.users.setAdmin',
    'admin.users.get',
  ],
  requires: ['own-registry'],
  async run({ ops, attempt }) {
    const { sso, users } = ops.admin;
    const name = 'sso_user';
    await users.addRoles({ name, roles: ['DataEditors'] });
    await sso.set({ config: signOnConfig({ defaultRole: 'DataReaders', roles: ['DataEditors'] }) });
    await attempt(users.setRole({ name, role: 'DataEditors' }));
    await attempt(users.addRoles({ name, roles: ['ExternalAnalysts'] }));
    await attempt(users.removeRoles({ name, roles: ['DataEditors'] }));
    await attempt(users.setAdmin({ name, admin: true }));
    await attempt(users.setRole({ name, role: 'NoSuchRole' }));
    await users.get({ name });
    await users.setRole({ name: 'user', role: 'DataReaders' });
    await users.setAdmin({ name: 'user', admin: true });
    await sso.remove();
    await users.removeRoles({ name, roles: ['DataEditors'] });
    await users.setAdmin({ name, admin: true });
  },
});
