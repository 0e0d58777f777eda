/** P-18: when a user was last here is told, and when they joined does not move. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'lastLogin is the time of the last request that a user signed, and nobody else makes it move',
  level: 'must',
  incidents: ['P-18'],
  tags: ['administration'],
  needs: ['admin.users.get', 'authStatus'],
  requires: ['own-registry'],
  async run({ ops, world }) {

    await ops.admin.users.get({ name: 'user' });
    await world.advance(3600);
    const theirs = await world.open({ as: 'user' });
    await theirs.authStatus();
    await ops.admin.users.get({ name: 'user' });
    await world.advance(3600);
    await ops.admin.users.get({ name: 'user' });
    await ops.admin.users.get({ name: 'admin' });
  },
});
