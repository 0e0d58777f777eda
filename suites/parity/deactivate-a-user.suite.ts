/** P-18: who is not active is not let in. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'the token of a user who is not active is an AuthenticationError, and is good again when they are',
  level: 'must',
  incidents: ['P-18'],
  tags: ['administration'],
  needs: ['admin.users.setActive', 'admin.users.get', 'authStatus', 'listBuckets'],
  requires: ['own-registry'],
  async run({ ops, world, attempt }) {
    const theirs = await world.open({ as: 'user', without: ['refreshToken'] });
    await theirs.listBuckets();
    await ops.admin.users.setActive({ name: 'user', active: false });
    await attempt(theirs.authStatus());
    await attempt(theirs.listBuckets());
    await ops.admin.users.get({ name: 'user' });
    await ops.admin.users.setActive({ name: 'user', active: false });
    await ops.admin.users.setActive({ name: 'user', active: true });
    await theirs.listBuckets();
  },
});
