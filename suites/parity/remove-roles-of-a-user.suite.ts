/** P-18: roles that go while the active one stays. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'extra roles are removed, the active role stays, and a role that the user did not have makes no difference',
  level: 'must',
  incidents: ['P-18'],
  tags: ['administration'],
  needs: ['admin.users.setRole', 'admin.users.removeRoles', 'admin.users.get'],
  requires: ['own-registry'],
  async run({ ops, attempt }) {
    const name = 'user';
    await ops.admin.users.setRole({ name, role: 'DataEditors', extraRoles: ['DataReaders', 'ExternalAnalysts', 'ReadQuiltBucket'] });
    await ops.admin.users.removeRoles({ name, roles: ['ExternalAnalysts', 'ReadWriteQuiltBucket'] });
    // A fallback that is not needed is not given.
    await ops.admin.users.removeRoles({ name, roles: ['DataReaders'], fallback: 'ReadWriteQuiltBucket' });
    await attempt(ops.admin.users.removeRoles({ name, roles: ['ReadQuiltBucket', 'NoSuchRole'] }));
    await attempt(ops.admin.users.removeRoles({ name, roles: ['ReadQuiltBucket'], fallback: 'NoSuchRole' }));
    await ops.admin.users.get({ name });
  },
});
