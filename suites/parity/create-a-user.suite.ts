/** P-18: a user is made as asked, and every later answer says the same. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'a new user is active, no administrator, and has the roles that were given',
  level: 'must',
  incidents: ['P-18'],
  tags: ['administration'],
  needs: ['admin.users.create', 'admin.users.get', 'admin.users.list'],
  requires: ['own-registry'],
  async run({ ops, world }) {
    const name = world.freshName('newcomer');
    await ops.admin.users.create({
      name,
      email: `${name}@example.com`,
      role: 'DataReaders',
      extraRoles: ['ExternalAnalysts', 'DataEditors'],
    });
    await ops.admin.users.create({ name: world.freshName('_plain2'), email: 'Plain.Two+lab@Example.com', role: 'ReadQuiltBucket' });
    await ops.admin.users.get({ name });
    await ops.admin.users.list();
  },
});
