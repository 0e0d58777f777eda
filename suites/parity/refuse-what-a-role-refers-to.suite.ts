/** P-07, P-18: a mistake that the schema has no member for is a GraphQL error, and so a BackendError. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'an unknown policy, an ARN of no role, and an update of a role that is not there are BackendErrors, and nothing is changed',
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
    await attempt(roles.createManaged({ name: 'Other', policies: ['no-such-policy'] }));
    await attempt(roles.updateManaged({ id: managed.id, name: 'Other', policies: ['no-such-policy'] }));
    await attempt(roles.updateManaged({ id: 'no-such-role', name: 'Other', policies: [] }));
    await attempt(roles.updateUnmanaged({ id: 'no-such-role', name: 'Other', arn }));
    for (const bad of [
      '',
      'analysts',
      'arn:aws:iam::210987654321:user/analysts',
      'arn:aws:iam::1:role/analysts',
      'arn:aws:s3:::analysts',
    ]) {
      await attempt(roles.createUnmanaged({ name: 'Other', arn: bad }));
      await attempt(roles.updateUnmanaged({ id: unmanaged.id, name: 'Other', arn: bad }));
    }
    await roles.list();
  },
});
