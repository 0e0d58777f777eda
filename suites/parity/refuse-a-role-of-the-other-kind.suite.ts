/** P-18: managed and unmanaged roles have operations of their own, and built-in ones have none. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'a role of the other kind is a ValidationError, a built-in role cannot be changed, and nothing is',
  level: 'must',
  incidents: ['P-07', 'P-18'],
  tags: ['administration'],
  needs: [
    'admin.roles.createManaged',
    'admin.roles.createUnmanaged',
    'admin.roles.updateManaged',
    'admin.roles.updateUnmanaged',
    'admin.roles.list',
  ],
  requires: ['own-registry'],
  async run({ ops, world, attempt }) {
    const { roles } = ops.admin;
    const arn = 'arn:aws:iam::210987654321:role/analysts';
    const managed = await roles.createManaged({ name: world.freshName('Analysts'), policies: [] });
    const unmanaged = await roles.createUnmanaged({ name: world.freshName('Outside'), arn });
    const builtIn = (await roles.list()).find(({ name }) => name === 'ReadQuiltBucket')?.id ?? '';
    await attempt(roles.updateUnmanaged({ id: managed.id, name: 'Other', arn }));
    await attempt(roles.updateManaged({ id: unmanaged.id, name: 'Other', policies: [] }));
    await attempt(roles.updateManaged({ id: builtIn, name: 'Other', policies: [] }));
    await attempt(roles.updateUnmanaged({ id: builtIn, name: 'Other', arn }));
    await roles.list();
  },
});
