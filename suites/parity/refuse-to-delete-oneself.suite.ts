/** P-18: nobody can delete themselves. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'an administrator who deletes themselves is refused with a ConflictError, also while there is another',
  level: 'must',
  incidents: ['P-18'],
  tags: ['administration'],
  needs: ['admin.users.delete', 'admin.users.setAdmin', 'admin.users.list'],
  requires: ['own-registry'],
  async run({ ops, world, attempt }) {
    await attempt(ops.admin.users.delete({ name: 'admin' }));
    await ops.admin.users.setAdmin({ name: 'user', admin: true });
    await attempt(ops.admin.users.delete({ name: 'admin' }));
    const second = await world.open({ as: 'user' });
    await second.admin.users.delete({ name: 'admin' });
    await second.admin.users.list();
  },
});
