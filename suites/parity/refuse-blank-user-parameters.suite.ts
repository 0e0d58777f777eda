/** P-18: what is blank is told before anything is sent. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'a blank name, address or role, and an empty list of roles, are ValidationErrors before any request',
  level: 'must',
  incidents: ['P-18'],
  tags: ['administration'],
  needs: [
    'admin.users.create',
    'admin.users.get',
    'admin.users.delete',
    'admin.users.setEmail',
    'admin.users.setRole',
    'admin.users.addRoles',
    'admin.users.removeRoles',
    'admin.users.setAdmin',
    'admin.users.setActive',
    'admin.users.resetPassword',
  ],
  requires: ['own-registry'],
  async run({ ops, attempt }) {
    const { users } = ops.admin;
    for (const name of ['', ' \t']) {
      await attempt(users.create({ name, email: 'a@example.com', role: 'DataReaders' }));
      await attempt(users.get({ name }));
      await attempt(users.delete({ name }));
      await attempt(users.setEmail({ name, email: 'a@example.com' }));
      await attempt(users.setRole({ name, role: 'DataReaders' }));
      await attempt(users.addRoles({ name, roles: ['DataReaders'] }));
      await attempt(users.removeRoles({ name, roles: ['DataReaders'] }));
      await attempt(users.setAdmin({ name, admin: true }));
      await attempt(users.setActive({ name, active: true }));
      await attempt(users.resetPassword({ name }));
    }
    const name = 'user';
    await attempt(users.create({ name: 'newcomer', email: ' ', role: 'DataReaders' }));
    await attempt(users.create({ name: 'newcomer', email: 'a@example.com', role: '' }));
    await attempt(users.setEmail({ name, email: '' }));
    await attempt(users.setRole({ name, role: ' ' }));
    await attempt(users.addRoles({ name, roles: [] }));
    await attempt(users.removeRoles({ name, roles: [] }));
    await users.get({ name });
  },
});
