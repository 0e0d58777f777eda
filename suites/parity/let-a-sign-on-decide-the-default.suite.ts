/** P-18: while there is single sign-on, it says the default role. */
import { scenario } from '../case/scenario.ts';
import { signOnConfig } from './sign-on-config.ts';

export default scenario({
  title: 'the default role is the one that the configuration names; setting another is a ConflictError until it is removed',
  level: 'must',
  incidents: ['P-18'],
  tags: ['administration'],
  needs: ['admin.sso.set', 'admin.sso.remove', 'admin.roles.getDefault', 'admin.roles.setDefault', 'admin.roles.list'],
  requires: ['own-registry'],
  async run({ ops, attempt }) {
    const { roles, sso } = ops.admin;
    const id = (await roles.list()).find(({ name }) => name === 'ExternalAnalysts')?.id ?? '';
    await roles.getDefault();
    await sso.set({ config: signOnConfig({ defaultRole: 'DataEditors', roles: ['DataReaders'] }) });
    await roles.getDefault();
    await attempt(roles.setDefault({ id }));
    await attempt(roles.setDefault({ id: 'no-such-role' }));
    await sso.remove();
    await roles.getDefault();
    await roles.setDefault({ id });
  },
});
