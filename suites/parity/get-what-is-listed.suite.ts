/** P-14, P-18: a list and what it lists are one. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'every user, role, policy and bucket that is listed is found by its name or id, and is the same there',
  level: 'must',
  incidents: ['P-14', 'P-18'],
  tags: ['administration'],
  needs: [
    'admin.users.list',
    'admin.users.get',
    'admin.roles.list',
    'admin.roles.get',
    'admin.policies.list',
    'admin.policies.get',
    'admin.buckets.list',
    'admin.buckets.get',
  ],
  requires: ['own-registry', 'second-bucket'],
  tenant: { buckets: 2 },
  async run({ ops }) {
    const { users, roles, policies, buckets } = ops.admin;
    for (const { name } of await users.list()) await users.get({ name });
    for (const { id } of await roles.list()) await roles.get({ id });
    for (const { id } of await policies.list()) await policies.get({ id });
    for (const { name } of await buckets.list()) await buckets.get({ name });
  },
});
