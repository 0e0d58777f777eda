/** P-18, P-28: an administrator is one from the moment they are made, and none from the moment they are not. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'a user can administer from the moment they are made an administrator until they are unmade, with the same token',
  level: 'must',
  incidents: ['P-18', 'P-28'],
  tags: ['administration'],
  needs: ['admin.users.setAdmin', 'admin.users.list', 'authStatus'],
  requires: ['own-registry'],
  async run({ ops, world, attempt }) {
    const theirs = await world.open({ as: 'user' });
    await attempt(theirs.admin.users.list());
    await ops.admin.users.setAdmin({ name: 'user', admin: true });
    await theirs.admin.users.list();
    await theirs.authStatus();
    await ops.admin.users.setAdmin({ name: 'user', admin: true });
    await ops.admin.users.setAdmin({ name: 'user', admin: false });
    await attempt(theirs.admin.users.list());
    await theirs.authStatus();
  },
});
