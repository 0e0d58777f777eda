/** P-20: temporary keys do not outlive what was stated. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'temporary keys open their bucket until their stated end and are ExpiredToken after it; new ones go on',
  level: 'must',
  incidents: ['P-20'],
  needs: ['awsCredentials'],
  requires: ['control'],
  tenant: { credentialSeconds: 900 },
  async run({ ops, world }) {
    await world.objects({ 'a.txt': 'a' });
    const key = world.keyOf('a.txt');
    const keys = await ops.awsCredentials();
    // Ten seconds are what a busy machine may take up to here.
    await world.advance(890);
    await world.tryKeys(keys, 'get', { key });
    await world.advance(11);
    await world.tryKeys(keys, 'get', { key });
    await world.tryKeys(keys, 'put', { key: 'late.txt' });
    await world.tryKeys(await ops.awsCredentials(), 'get', { key });
    await world.count('late');
  },
});
