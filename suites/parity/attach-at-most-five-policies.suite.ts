/** P-18: a role has five policies at most, whichever side attaches them. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'a sixth policy is a ValidationError, from the role and from the policy, and the five stay',
  level: 'must',
  incidents: ['P-07', 'P-18'],
  tags: ['administration'],
  needs: [
    'admin.roles.createManaged',
    'admin.roles.updateManaged',
    'admin.roles.get',
    'admin.policies.createManaged',
    'admin.policies.createUnmanaged',
    'admin.policies.updateManaged',
    'admin.policies.updateUnmanaged',
    'admin.policies.list',
  ],
  requires: ['own-registry'],
  async run({ ops, world, attempt }) {
    const { roles, policies } = ops.admin;
    const titles = ['one', 'two', 'three', 'four', 'five'];
    const five: string[] = [];
    for (const title of titles) five.push((await policies.createManaged({ title, permissions: [], roles: [] })).id);
    const role = await roles.createManaged({ name: world.freshName('Full'), policies: five });
    const arn = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
    const sixth = await policies.createManaged({ title: 'six', permissions: [], roles: [] });
    const outside = await policies.createUnmanaged({ title: 'seven', arn, roles: [] });
    await attempt(roles.createManaged({ name: world.freshName('Fuller'), policies: [...five, sixth.id] }));
    await attempt(roles.updateManaged({ id: role.id, name: role.name, policies: [...five, sixth.id] }));
    await attempt(policies.createManaged({ title: 'eight', permissions: [], roles: [role.id] }));
    await attempt(policies.createUnmanaged({ title: 'eight', arn: `${arn}2`, roles: [role.id] }));
    await attempt(policies.updateManaged({ id: sixth.id, title: 'six', permissions: [], roles: [role.id] }));
    await attempt(policies.updateUnmanaged({ id: outside.id, title: 'seven', arn, roles: [role.id] }));
    // One of the five stays attached without being counted twice.
    await policies.updateManaged({ id: five[0] ?? '', title: 'one again', permissions: [], roles: [role.id] });
    await roles.get({ id: role.id });
    await policies.list();
  },
});
