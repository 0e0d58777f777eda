/** P-18: an address is one user's, whatever its capitals. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'an address is changed, and refused where it is none or another user has it',
  level: 'must',
  incidents: ['P-18', 'P-07'],
  tags: ['administration'],
  needs: ['admin.users.setEmail', 'admin.users.get', 'admin.users.create'],
  requires: ['own-registry'],
  async run({ ops, world, attempt }) {
    const name = 'user';
    await ops.admin.users.setEmail({ name, email: 'someone.else@example.com' });
    await ops.admin.users.get({ name });
    await attempt(ops.admin.users.setEmail({ name, email: 'no address' }));
    await attempt(ops.admin.users.setEmail({ name, email: 'admin@example.com' }));
    await attempt(ops.admin.users.setEmail({ name, email: 'ADMIN@example.com' }));
    await ops.admin.users.get({ name });
    // One's own address is free, in other capitals too, and so is the one that was given up.
    await ops.admin.users.setEmail({ name, email: 'Someone.Else@example.com' });
    await ops.admin.users.create({ name: world.freshName('newcomer'), email: 'user@example.com', role: 'DataReaders' });
  },
});
