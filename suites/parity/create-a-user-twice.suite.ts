/** P-18: names and addresses belong to one user each. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'a name or an address that is taken is a ConflictError that names it, and nobody is made or changed',
  level: 'must',
  incidents: ['P-18'],
  tags: ['administration'],
  needs: ['admin.users.create', 'admin.users.list'],
  requires: ['own-registry'],
  async run({ ops, world, attempt }) {
    const name = world.freshName('newcomer');
    const email = `${name}@example.com`;
    await ops.admin.users.create({ name, email, role: 'DataReaders' });
    await attempt(ops.admin.users.create({ name, email: 'other@example.com', role: 'DataEditors' }));
    await attempt(ops.admin.users.create({ name: world.freshName('other'), email, role: 'DataEditors' }));
    await attempt(ops.admin.users.create({ name: world.freshName('other'), email: email.toUpperCase(), role: 'DataEditors' }));
    // Names are told apart by case, addresses are not.
    await attempt(ops.admin.users.create({ name: name.toUpperCase(), email: 'upper@example.com', role: 'DataEditors' }));
    await ops.admin.users.list();
  },
});
