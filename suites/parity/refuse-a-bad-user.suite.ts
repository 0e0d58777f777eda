/** P-18, P-07: what is wrong with a new user is told by its parameter. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'a name, address or role that cannot be is a ValidationError that names the parameter, and nobody is made',
  level: 'must',
  incidents: ['P-07', 'P-18'],
  tags: ['administration'],
  needs: ['admin.users.create', 'admin.users.list'],
  requires: ['own-registry'],
  async run({ ops, world, attempt }) {
    const good = { name: world.freshName('newcomer'), email: 'newcomer@example.com', role: 'DataReaders' };
    for (const name of ['2nd', 'two words', 'a-b', 'ü', 'a/b', 'a.b']) await attempt(ops.admin.users.create({ ...good, name }));
    for (const email of ['nobody', 'nobody@', '@example.com', 'no body@example.com', 'a@b@example.com', 'nobody@example']) {
      await attempt(ops.admin.users.create({ ...good, email }));
    }
    await attempt(ops.admin.users.create({ ...good, role: 'NoSuchRole' }));
    await attempt(ops.admin.users.create({ ...good, role: 'datareaders' }));
    await attempt(ops.admin.users.create({ ...good, extraRoles: ['DataEditors', 'NoSuchRole'] }));
    await ops.admin.users.list();
  },
});
