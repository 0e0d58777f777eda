/** P-28: what is refused is not done all the same. */
import { scenario } from '../case/scenario.ts';
import { administratorOperations, axisValue, callAdministration } from './administration-calls.ts';

export default scenario({
  title: 'after every operation of administration was refused to an ordinary user, the stack is as it was',
  level: 'must',
  incidents: ['P-28'],
  tags: ['administration'],
  needs: administratorOperations,
  requires: ['own-registry'],
  as: 'user',
  async run({ ops, world, attempt }) {
    for (const operation of administratorOperations) await attempt(callAdministration(ops, axisValue(operation), world.bucket()));
    const { admin, tabulator } = await world.open({ as: 'admin' });
    await admin.users.list();
    await admin.roles.list();
    await admin.roles.getDefault();
    await admin.policies.list();
    await admin.sso.get();
    await admin.buckets.list();
    await tabulator.list({ bucket: world.bucket() });
    await tabulator.getOpenQuery();
  },
});
