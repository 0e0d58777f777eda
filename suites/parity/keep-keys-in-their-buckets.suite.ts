/** P-20, P-13: how far temporary keys reach. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: "temporary keys open their stack's buckets as the role may, and nothing of another tenant; half of them or others' are refused",
  level: 'must',
  incidents: ['P-20', 'P-13'],
  needs: ['awsCredentials'],
  requires: ['second-tenant', 'second-bucket'],
  tenant: { buckets: 2 },
  async run({ ops, world }) {
    const { world: other, ops: others } = await world.neighbour();
    const key = world.keyOf('a.txt');
    await world.objects({ 'a.txt': 'mine' });
    await other.objects({ 'a.txt': 'theirs' });
    const keys = await ops.awsCredentials();
    await world.tryKeys(keys, 'get', { key });
    await world.tryKeys(keys, 'get', { key: 'not-there' });
    await world.tryKeys(keys, 'put', { key: 'new.txt' });
    await world.tryKeys(keys, 'put', { key: 'new.txt', bucket: 1 });
    await other.tryKeys(keys, 'get', { key });
    await other.tryKeys(keys, 'put', { key: 'new.txt' });
    await world.tryKeys({ ...keys, sessionToken: null }, 'get', { key });
    await world.tryKeys({ ...keys, secretAccessKey: `${keys.secretAccessKey}x` }, 'get', { key });
    await world.tryKeys({ ...keys, sessionToken: (await others.awsCredentials()).sessionToken }, 'get', { key });
    await world.stat(`s3://${world.bucket()}/${world.keyOf('a.txt')}`);
  },
});
