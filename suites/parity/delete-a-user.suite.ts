/** P-18: a user who was deleted is gone, and so is what they could do. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'a deleted user is neither found nor listed, their token is refused, and their name is free',
  level: 'must',
  incidents: ['P-18'],
  tags: ['administration'],
  needs: ['admin.users.create', 'admin.users.delete', 'admin.users.get', 'admin.users.list', 'authStatus'],
  requires: ['own-registry'],
  async run({ ops, world, attempt }) {
    const user = { name: world.freshName('newcomer'), email: 'newcomer@example.com', role: 'DataReaders' };
    await ops.admin.users.create(user);
    const theirs = await world.open({ token: await world.token({ user: user.name }), without: ['refreshToken'] });
    await theirs.authStatus();
    await ops.admin.users.delete({ name: user.name });
    await attempt(theirs.authStatus());
    await attempt(ops.admin.users.get({ name: user.name }));
    await attempt(ops.admin.users.delete({ name: user.name }));
    await ops.admin.users.list();
    await ops.admin.users.create({ ...user, role: 'DataEditors' });
  },
});
