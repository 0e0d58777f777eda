/** P-18: setting a role replaces, unless it is told to append. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'setting a role makes it active and replaces the others; with append the others stay as extra roles',
  level: 'must',
  incidents: ['P-18'],
  tags: ['administration'],
  needs: ['admin.users.setRole', 'admin.users.get'],
  requires: ['own-registry'],
  async run({ ops, attempt }) {
    const name = 'user';
    await ops.admin.users.get({ name });
    await ops.admin.users.setRole({ name, role: 'ExternalAnalysts', append: true });
    await ops.admin.users.setRole({ name, role: 'DataReaders', extraRoles: ['ReadQuiltBucket', 'DataEditors'], append: true });
    await ops.admin.users.setRole({ name, role: 'DataReaders', extraRoles: ['DataEditors', 'DataReaders', 'DataEditors'], append: false });
    await ops.admin.users.setRole({ name, role: 'DataEditors', extraRoles: ['ExternalAnalysts'] });
    await ops.admin.users.setRole({ name, role: 'ReadWriteQuiltBucket', extraRoles: [] });
    await ops.admin.users.get({ name });
    await attempt(ops.admin.users.setRole({ name, role: 'NoSuchRole' }));
    await attempt(ops.admin.users.setRole({ name, role: 'DataReaders', extraRoles: ['NoSuchRole'] }));
    await attempt(ops.admin.users.setRole({ name, role: 'DataReaders', extraRoles: ['NoSuchRole'], append: true }));
    await ops.admin.users.get({ name });
  },
});
