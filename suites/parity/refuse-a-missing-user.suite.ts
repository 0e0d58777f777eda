/** P-18: whoever is not there is a NotFoundError, whatever asks. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'a user who does not exist is a NotFoundError that names them, for every operation on a user',
  level: 'must',
  incidents: ['P-18', 'P-06'],
  tags: ['administration'],
  needs: [
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
  async run({ ops, world, attempt }) {
    const { users } = ops.admin;
    const name = world.freshName('nobody');
    await attempt(users.get({ name }));
    await attempt(users.delete({ name }));
    await attempt(users.setEmail({ name, email: 'a@example.com' }));
    await attempt(users.setRole({ name, role: 'DataReaders' }));
    await attempt(users.addRoles({ name, roles: ['DataReaders'] }));
    await attempt(users.removeRoles({ name, roles: ['DataReaders'] }));
    await attempt(users.setAdmin({ name, admin: true }));
    await attempt(users.setActive({ name, active: false }));
    await attempt(users.resetPassword({ name }));
    // Names are told apart by case.
    await attempt(users.get({ name: 'User' }));
  },
});
