/** P-18: a stack keeps an administrator who can sign in. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'the last administrator cannot step down or be switched off; with another who can sign in they can',
  level: 'must',
  incidents: ['P-18'],
  tags: ['administration'],
  needs: ['admin.users.setAdmin', 'admin.users.setActive', 'admin.users.get'],
  requires: ['own-registry'],
  async run({ ops, world, attempt }) {
    await attempt(ops.admin.users.setAdmin({ name: 'admin', admin: false }));
    await attempt(ops.admin.users.setActive({ name: 'admin', active: false }));
    await ops.admin.users.get({ name: 'admin' });
    // An administrator who cannot sign in does not count.
    await ops.admin.users.setActive({ name: 'user', active: false });
    await ops.admin.users.setAdmin({ name: 'user', admin: true });
    await attempt(ops.admin.users.setAdmin({ name: 'admin', admin: false }));
    await attempt(ops.admin.users.setActive({ name: 'admin', active: false }));
    await ops.admin.users.setActive({ name: 'user', active: true });
    await ops.admin.users.setAdmin({ name: 'admin', admin: false });
    await attempt(ops.admin.users.get({ name: 'admin' }));
    const second = await world.open({ as: 'user' });
    await attempt(second.admin.users.setAdmin({ name: 'user', admin: false }));
    await attempt(second.admin.users.setActive({ name: 'user', active: false }));
  },
});
