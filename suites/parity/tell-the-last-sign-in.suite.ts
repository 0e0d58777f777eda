/** P-18, P-25: when a user last signed in is told, and when they joined does not move. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'lastLogin is when a user was last given a token; using one does not move it, and nor does what others do',
  level: 'must',
  incidents: ['P-18', 'P-25'],
  tags: ['administration'],
  needs: ['admin.users.get', 'admin.users.setEmail', 'authStatus'],
  requires: ['own-registry'],
  async run({ ops, world }) {
    await world.advance(3600);
    const theirs = await world.open({ as: 'user' });
    await theirs.authStatus();
    await ops.admin.users.setEmail({ name: 'user', email: 'someone.else@example.com' });
    await ops.admin.users.get({ name: 'user' });
    // Past the end of their tokens, everyone fetches new ones.
    await world.advance(90_000);
    await ops.admin.users.get({ name: 'user' });
    await theirs.authStatus();
    await ops.admin.users.get({ name: 'user' });
    await world.advance(3600);
    await theirs.authStatus();
    await ops.admin.users.get({ name: 'user' });
    await ops.admin.users.get({ name: 'admin' });
  },
});
