/** P-18: an ARN of something else is no policy. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'an ARN of no policy is a ValidationError that names the parameter, and nothing is changed',
  level: 'must',
  incidents: ['P-07', 'P-18'],
  tags: ['administration'],
  needs: ['admin.policies.createUnmanaged', 'admin.policies.updateUnmanaged', 'admin.policies.get'],
  requires: ['own-registry'],
  async run({ ops, attempt }) {
    const { policies } = ops.admin;
    const good = 'arn:aws:iam::210987654321:policy/outside';
    const { id } = await policies.createUnmanaged({ title: 'Unmanaged', arn: good, roles: [] });
    for (const arn of ['', 'outside', 'arn:aws:iam::210987654321:role/outside', 'arn:aws:iam::1:policy/outside', 'arn:aws:s3:::outside']) {
      await attempt(policies.createUnmanaged({ title: 'Other', arn, roles: [] }));
      await attempt(policies.updateUnmanaged({ id, title: 'Other', arn, roles: [] }));
    }
    await policies.get({ id });
  },
});
