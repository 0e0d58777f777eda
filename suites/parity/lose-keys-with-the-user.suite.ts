/** P-18, P-20: keys are worth what their user is worth at the moment. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'temporary keys open nothing while their user is switched off or once they are deleted',
  level: 'must',
  incidents: ['P-18', 'P-20'],
  tags: ['administration'],
  needs: ['admin.users.setActive', 'admin.users.delete', 'awsCredentials'],
  requires: ['own-registry'],
  async run({ ops, world }) {
    await world.objects({ 'a.txt': 'a' });
    const key = world.keyOf('a.txt');
    const keys = await (await world.open({ as: 'user' })).awsCredentials();
    await world.tryKeys(keys, 'get', { key });
    await ops.admin.users.setActive({ name: 'user', active: false });
    await world.tryKeys(keys, 'get', { key });
    await ops.admin.users.setActive({ name: 'user', active: true });
    await world.tryKeys(keys, 'get', { key });
    await ops.admin.users.delete({ name: 'user' });
    await world.tryKeys(keys, 'get', { key });
  },
});
