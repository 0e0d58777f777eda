/** P-07, P-18, C-02: what is wrong with a policy is told by its parameter. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title:
    'unknown or repeated buckets, unknown levels, and roles that are unknown or unmanaged are ValidationErrors, and nothing is changed',
  level: 'must',
  incidents: ['P-07', 'P-18', 'C-02'],
  tags: ['administration'],
  needs: [
    'admin.policies.createManaged',
    'admin.policies.createUnmanaged',
    'admin.policies.updateManaged',
    'admin.policies.updateUnmanaged',
    'admin.policies.list',
    'admin.roles.list',
  ],
  requires: ['own-registry'],
  async run({ ops, world, attempt }) {
    const { policies, roles } = ops.admin;
    const bucket = world.bucket();
    const arn = 'arn:aws:iam::210987654321:policy/outside';
    const external = (await roles.list()).find(({ name }) => name === 'ExternalAnalysts')?.id ?? '';
    const managed = await policies.createManaged({ title: 'Managed', permissions: [{ bucket, level: 'READ' }], roles: [] });
    const unmanaged = await policies.createUnmanaged({ title: 'Unmanaged', arn, roles: [] });
    const badGrants = [
      [{ bucket: 'crosscheck-no-such-bucket-at-all', level: 'READ' }],
      [
        { bucket, level: 'READ' },
        { bucket, level: 'READ_WRITE' },
      ],
      [{ bucket, level: 'WRITE' }],
      [{ bucket, level: 'read' }],
      [{ bucket, level: '' }],
    ];
    for (const permissions of badGrants) {
      await attempt(policies.createManaged({ title: 'Other', permissions, roles: [] }));
      await attempt(policies.updateManaged({ id: managed.id, title: 'Other', permissions, roles: [] }));
    }
    for (const bad of ['no-such-role', external]) {
      await attempt(policies.createManaged({ title: 'Other', permissions: [], roles: [bad] }));
      await attempt(policies.updateManaged({ id: managed.id, title: 'Other', permissions: [], roles: [bad] }));
      await attempt(policies.createUnmanaged({ title: 'Other', arn: `${arn}2`, roles: [bad] }));
      await attempt(policies.updateUnmanaged({ id: unmanaged.id, title: 'Other', arn: `${arn}2`, roles: [bad] }));
    }
    await policies.list();
  },
});
