/** P-18: nobody is there for ever. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'a new administrator can change and delete every user that the stack began with, and is alone then',
  level: 'must',
  incidents: ['P-18'],
  tags: ['administration'],
  needs: [
    'admin.users.create',
    'admin.users.setAdmin',
    'admin.users.setActive',
    'admin.users.setEmail',
    'admin.users.setRole',
    'admin.users.addRoles',
    'admin.users.removeRoles',
    'admin.users.delete',
    'admin.users.list',
    'admin.users.get',
  ],
  requires: ['own-registry'],
  async run({ ops, world, attempt }) {
    const name = world.freshName('chief');
    await world.advance(60);
    await ops.admin.users.create({ name, email: 'chief@example.com', role: 'DataReaders' });
    await ops.admin.users.setAdmin({ name, admin: true });
    const { users } = (await world.open({ token: await world.token({ user: name }), without: ['refreshToken'] })).admin;
    await users.setEmail({ name, email: 'head@example.com' });
    await users.setRole({ name, role: 'DataEditors' });
    await users.addRoles({ name, roles: ['DataReaders'] });
    await users.removeRoles({ name, roles: ['DataEditors'] });
    await users.setActive({ name, active: true });
    for (const first of ['admin', 'user', 'sso_user']) await users.delete({ name: first });
    await users.list();
    await users.get({ name });
    await attempt(ops.admin.users.list());
  },
});
