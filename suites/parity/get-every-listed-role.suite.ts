/** P-18: what a list says of a role or a policy is what asking for it says, identifiers included. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'every listed role and policy is found by its id, as the list has it',
  level: 'must',
  incidents: ['P-18'],
  needs: ['admin.roles.list', 'admin.roles.get', 'admin.policies.list', 'admin.policies.get'],
  requires: ['own-registry'],
  readsOnly: true,
  async run({ ops }) {
    const byName = <T>(list: readonly T[], name: (one: T) => string) => list.toSorted((a, b) => (name(a) < name(b) ? -1 : 1));
    for (const { id } of byName(await ops.admin.roles.list(), (role) => role.name)) await ops.admin.roles.get({ id });
    for (const { id } of byName(await ops.admin.policies.list(), (policy) => policy.title)) await ops.admin.policies.get({ id });
  },
});
