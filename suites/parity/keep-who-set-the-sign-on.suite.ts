/** P-18: the uploader of the configuration in force is not null. */
import { scenario } from '../case/scenario.ts';
import { signOnConfig } from './sign-on-config.ts';

export default scenario({
  title: 'whoever set the single sign-on configuration in force cannot be deleted until another sets it',
  level: 'must',
  incidents: ['P-18'],
  tags: ['administration'],
  needs: ['admin.sso.set', 'admin.sso.get', 'admin.users.setAdmin', 'admin.users.delete'],
  requires: ['own-registry'],
  async run({ ops, world, attempt }) {
    const config = signOnConfig({ defaultRole: 'DataReaders', roles: ['DataEditors'] });
    await ops.admin.users.setAdmin({ name: 'user', admin: true });
    const second = await world.open({ as: 'user' });
    await second.admin.sso.set({ config });
    await ops.admin.sso.get();
    await attempt(ops.admin.users.delete({ name: 'user' }));
    await ops.admin.sso.set({ config });
    await ops.admin.users.delete({ name: 'user' });
    await ops.admin.sso.get();
  },
});
