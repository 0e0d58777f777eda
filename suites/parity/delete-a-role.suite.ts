/** P-18: a role in use stays. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'a role goes when nobody has it, as active role or besides; a built-in or missing one is refused',
  level: 'must',
  incidents: ['P-18'],
  tags: ['administration'],
  needs: [
    'admin.roles.createManaged',
    'admin.roles.delete',
    'admin.roles.get',
    'admin.roles.list',
    'admin.users.setRole',
    'admin.policies.list',
  ],
  requires: ['own-registry'],
  async run({ ops, world, attempt }) {
    const { roles, users } = ops.admin;
    const policies = (await ops.admin.policies.list()).map(({ id }) => id);
    const { id, name } = await roles.createManaged({ name: world.freshName('Analysts'), policies });
    await users.setRole({ name: 'user', role: name });
    await attempt(roles.delete({ id }));
    await users.setRole({ name: 'user', role: 'DataEditors', extraRoles: [name] });
    await attempt(roles.delete({ id }));
    await users.setRole({ name: 'user', role: 'DataEditors' });
    await roles.delete({ id });
    await attempt(roles.delete({ id }));
    await attempt(roles.get({ id }));
    const builtIn = (await roles.list()).find((role) => role.name === 'ReadQuiltBucket')?.id ?? '';
    await attempt(roles.delete({ id: builtIn }));
    // Its policies have nobody now.
    await ops.admin.policies.list();
  },
});
