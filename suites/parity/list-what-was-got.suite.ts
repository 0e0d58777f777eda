/** P-14, P-18: what is found by its id is what is listed. */
import { scenario } from '../case/scenario.ts';
import { signOnConfig } from './sign-on-config.ts';

export default scenario({
  title: 'a default role that a sign-on names, and the policies that roles name, are listed with the same ids and ARNs',
  level: 'must',
  incidents: ['P-14', 'P-18'],
  tags: ['administration'],
  needs: ['admin.sso.set', 'admin.roles.getDefault', 'admin.roles.list', 'admin.policies.get', 'admin.policies.list'],
  requires: ['own-registry'],
  async run({ ops }) {
    await ops.admin.sso.set({ config: signOnConfig({ defaultRole: 'ReadQuiltBucket', roles: ['ReadWriteQuiltBucket'] }) });
    await ops.admin.roles.getDefault();
    const roles = await ops.admin.roles.list();
    for (const { id } of roles.flatMap(({ policies }) => policies)) await ops.admin.policies.get({ id });
    await ops.admin.policies.list();
  },
});
