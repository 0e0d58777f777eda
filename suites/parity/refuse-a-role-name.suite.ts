/** P-18: names that no role can have, and names that one has. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'a name that is blank, malformed, built in or taken is refused when a role is made and when it is changed',
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
    for (const name of ['', '  ', '2nd', '_first', 'two words', 'a-b', 'ReadQuiltBucket', 'ReadWriteQuiltBucket', 'DataReaders']) {
      await attempt(roles.createManaged({ name, policies: [] }));
      await attempt(roles.createUnmanaged({ name, arn }));
      await attempt(roles.updateManaged({ id: managed.id, name, policies: [] }));
      await attempt(roles.updateUnmanaged({ id: unmanaged.id, name, arn }));
    }
    await roles.list();
  },
});
