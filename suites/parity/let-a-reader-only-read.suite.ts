/** P-20: keys are no more than the role. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'keys of a user whose role may only read do not write, and keys follow the role when it changes',
  level: 'must',
  incidents: ['P-20', 'P-28'],
  needs: ['awsCredentials', 'admin.users.setRole'],
  requires: ['own-registry'],
  async run({ ops, world }) {
    await world.objects({ 'a.txt': 'a' });
    const key = world.keyOf('a.txt');
    const user = await world.open({ as: 'user' });
    const before = await user.awsCredentials();
    await world.tryKeys(before, 'put', { key: 'b.txt' });
    await ops.admin.users.setRole({ name: 'user', role: 'DataReaders' });
    const after = await user.awsCredentials();
    for (const keys of [before, after]) {
      await world.tryKeys(keys, 'get', { key });
      await world.tryKeys(keys, 'put', { key: 'c.txt' });
    }
    await ops.admin.users.setRole({ name: 'user', role: 'DataEditors' });
    await world.tryKeys(after, 'put', { key: 'd.txt' });
  },
});
