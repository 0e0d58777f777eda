/** P-18: an update of a role is the whole of it. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'name and policies of a managed role become exactly what is given, and whoever has it has it still',
  level: 'must',
  incidents: ['P-18'],
  tags: ['administration'],
  needs: [
    'admin.roles.list',
    'admin.roles.updateManaged',
    'admin.roles.get',
    'admin.policies.list',
    'admin.policies.get',
    'admin.users.get',
  ],
  requires: ['own-registry'],
  async run({ ops, world }) {
    const [editing, reading] = (await ops.admin.policies.list()).toSorted((a, b) => (a.title < b.title ? 1 : -1)).map(({ id }) => id);
    const id = (await ops.admin.roles.list()).find(({ name }) => name === 'DataEditors')?.id ?? '';
    const name = world.freshName('Curators');
    await ops.admin.roles.updateManaged({ id, name, policies: [editing ?? '', reading ?? ''] });
    await ops.admin.roles.updateManaged({ id, name, policies: [reading ?? ''] });
    await ops.admin.roles.get({ id });
    await ops.admin.users.get({ name: 'user' });
    await ops.admin.policies.get({ id: editing ?? '' });
    await ops.admin.roles.updateManaged({ id, name: 'DataEditors', policies: [] });
    await ops.admin.roles.list();
  },
});
