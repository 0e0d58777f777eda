/** P-18: who was given no role yet is a user like others, and gets the first role by any of the ways to give one. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'a user without a role is listed with none, keeps none when something else is changed, and gets a first one',
  level: 'must',
  incidents: ['P-18'],
  tags: ['administration'],
  needs: [
    'admin.users.list',
    'admin.users.get',
    'admin.users.setEmail',
    'admin.users.setAdmin',
    'admin.users.setActive',
    'admin.users.setRole',
    'admin.users.addRoles',
    'admin.users.removeRoles',
  ],
  requires: ['own-registry'],
  tenant: { usersWithoutRole: ['newcomer', 'guest', 'visitor'] },
  async run({ ops, attempt }) {
    const { users } = ops.admin;
    await users.list();
    await users.get({ name: 'newcomer' });
    await users.setEmail({ name: 'newcomer', email: 'newcomer@example.org' });
    await users.setAdmin({ name: 'newcomer', admin: true });
    await users.setAdmin({ name: 'newcomer', admin: false });
    await users.setActive({ name: 'newcomer', active: false });
    await users.setActive({ name: 'newcomer', active: true });
    await users.addRoles({ name: 'newcomer', roles: ['DataReaders', 'DataEditors'] });
    await users.setRole({ name: 'guest', role: 'DataEditors', append: true });
    await attempt(users.removeRoles({ name: 'visitor', roles: ['DataReaders'] }));
    await users.removeRoles({ name: 'visitor', roles: ['DataReaders'], fallback: 'DataEditors' });
    await users.list();
  },
});
