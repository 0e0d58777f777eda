/** P-18: a managed role has the policies that it is made with, and what they grant. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'a managed role is made with its policies and grants what they grant; one without policies grants nothing',
  level: 'must',
  incidents: ['P-18'],
  tags: ['administration'],
  needs: ['admin.roles.createManaged', 'admin.roles.get', 'admin.roles.list', 'admin.policies.list', 'admin.users.create'],
  requires: ['own-registry'],
  async run({ ops, world }) {
    const ids = (await ops.admin.policies.list()).map(({ id }) => id);
    const role = await ops.admin.roles.createManaged({ name: world.freshName('Analysts'), policies: ids });
    const idle = await ops.admin.roles.createManaged({ name: world.freshName('idle_2'), policies: [] });
    // A policy that is named twice is attached once.
    await ops.admin.roles.createManaged({ name: world.freshName('Twice'), policies: [...ids, ...ids] });
    await ops.admin.roles.get({ id: role.id });
    await ops.admin.roles.get({ id: idle.id });
    await ops.admin.roles.list();
    await ops.admin.policies.list();
    await ops.admin.users.create({
      name: world.freshName('newcomer'),
      email: 'newcomer@example.com',
      role: role.name,
      extraRoles: [idle.name],
    });
  },
});
