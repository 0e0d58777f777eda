/** P-18: roles that the single sign-on configuration names stay as it names them. */
import { scenario } from '../case/scenario.ts';
import { signOnConfig } from './sign-on-config.ts';

export default scenario({
  title: 'roles that the configuration in force names are neither deleted nor renamed, also the default one, until it is removed',
  level: 'must',
  incidents: ['P-18'],
  tags: ['administration'],
  needs: [
    'admin.sso.set',
    'admin.sso.remove',
    'admin.roles.createManaged',
    'admin.roles.createUnmanaged',
    'admin.roles.updateManaged',
    'admin.roles.updateUnmanaged',
    'admin.roles.delete',
    'admin.roles.list',
  ],
  requires: ['own-registry'],
  async run({ ops, world, attempt }) {
    const { roles, sso } = ops.admin;
    const arn = 'arn:aws:iam::210987654321:role/outside';
    const first = await roles.createManaged({ name: world.freshName('Newcomers'), policies: [] });
    const mapped = await roles.createUnmanaged({ name: world.freshName('Outside'), arn });
    await sso.set({ config: signOnConfig({ defaultRole: first.name, roles: [mapped.name] }) });
    await attempt(roles.delete({ id: first.id }));
    await attempt(roles.delete({ id: mapped.id }));
    await attempt(roles.updateManaged({ id: first.id, name: 'Other', policies: [] }));
    await attempt(roles.updateUnmanaged({ id: mapped.id, name: 'Other', arn }));
    // Under its name it may change.
    await roles.updateUnmanaged({ id: mapped.id, name: mapped.name, arn: `${arn}2` });
    await sso.remove();
    await roles.updateUnmanaged({ id: mapped.id, name: 'Other', arn });
    await roles.delete({ id: first.id });
    await roles.delete({ id: mapped.id });
    await roles.list();
  },
});
