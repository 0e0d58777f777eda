/** P-18: the role that new users get by default. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'the default role is the one that was set, and there is none once that role is deleted',
  level: 'must',
  incidents: ['P-18'],
  tags: ['administration'],
  needs: ['admin.policies.list', 'admin.roles.createManaged', 'admin.roles.setDefault', 'admin.roles.getDefault', 'admin.roles.delete'],
  requires: ['own-registry'],
  async run({ ops, world, attempt }) {
    const { roles } = ops.admin;
    await roles.getDefault();
    const policies = (await ops.admin.policies.list()).map((policy) => policy.id);
    const { id } = await roles.createManaged({ name: world.freshName('Newcomers'), policies });
    await roles.setDefault({ id });
    await roles.getDefault();
    await attempt(roles.setDefault({ id: 'no-such-role' }));
    await roles.getDefault();
    await roles.delete({ id });
    await roles.getDefault();
  },
});
