/** P-10: an entry of the same key is replaced once, not doubled. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'an update replaces an entry of the same key and doubles none',
  level: 'must',
  incidents: ['P-10'],
  needs: ['createRevision', 'updateRevision', 'browse', 'packageInfo', 'diff'],
  async run({ ops, world }) {
    const name = world.packageName();
    const uris = await world.objects({ 'a.txt': 'old', 'b/c.txt': 'stays' });
    const first = await ops.createRevision({ name, uris, message: 'first' });
    const [next = ''] = await world.objects({ 'a.txt': 'new bytes' });
    await world.nextSecond();
    const second = await ops.updateRevision({ name, uris: [next], message: 'second' });
    await ops.packageInfo({ name });
    await ops.browse({ name, path: '' });
    await ops.browse({ name, path: world.keyOf('b') });
    await ops.diff({ name, from: first.topHash, to: second.topHash });
  },
});
