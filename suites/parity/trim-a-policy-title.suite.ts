/** P-18: spaces at the ends of a title are none of it, and a title of spaces is none. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'a padded title is trimmed and taken as the one without, a blank one is a ValidationError',
  level: 'must',
  incidents: ['P-18', 'C-04'],
  tags: ['administration'],
  needs: [
    'admin.policies.createManaged',
    'admin.policies.createUnmanaged',
    'admin.policies.updateManaged',
    'admin.policies.updateUnmanaged',
    'admin.policies.list',
  ],
  requires: ['own-registry'],
  async run({ ops, attempt }) {
    const { policies } = ops.admin;
    const arn = 'arn:aws:iam::210987654321:policy/outside';
    const managed = await policies.createManaged({ title: '  Two  words \t', permissions: [], roles: [] });
    const unmanaged = await policies.createUnmanaged({ title: '\n Outside ', arn, roles: [] });
    for (const title of ['', '   ', '\t\n']) {
      await attempt(policies.createManaged({ title, permissions: [], roles: [] }));
      await attempt(policies.createUnmanaged({ title, arn: `${arn}2`, roles: [] }));
      await attempt(policies.updateManaged({ id: managed.id, title, permissions: [], roles: [] }));
      await attempt(policies.updateUnmanaged({ id: unmanaged.id, title, arn, roles: [] }));
    }
    await attempt(policies.createManaged({ title: ' Two  words', permissions: [], roles: [] }));
    await attempt(policies.updateUnmanaged({ id: unmanaged.id, title: 'Two  words ', arn, roles: [] }));
    await policies.updateManaged({ id: managed.id, title: ' Other ', permissions: [], roles: [] });
    await policies.updateUnmanaged({ id: unmanaged.id, title: 'Two  words ', arn, roles: [] });
    await policies.list();
  },
});
