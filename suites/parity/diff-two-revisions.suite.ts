/** P-09: every kind of change stands in its own list, and nothing else does. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'diff puts added, modified and deleted entries each in its list, both ways',
  level: 'must',
  incidents: ['P-09'],
  needs: ['createRevision', 'diff'],
  async run({ ops, world }) {
    const name = world.packageName();
    const [a = '', b = '', c = '', d = ''] = await world.objects({ 'a.txt': 'same', 'b/b.txt': 'old', 'c.txt': 'goes', 'd.txt': 'size' });
    const first = await ops.createRevision({ name, uris: [a, b, c, d], message: 'first' });
    const [b2 = '', d2 = '', e = ''] = await world.objects({ 'b/b.txt': 'new', 'd.txt': 'another size', 'e.txt': 'comes' });
    await world.nextSecond();
    const second = await ops.createRevision({ name, uris: [a, b2, d2, e], message: 'second' });
    await ops.diff({ name, from: first.topHash, to: second.topHash });
    await ops.diff({ name, from: second.topHash, to: first.topHash });
    await ops.diff({ name, from: first.topHash, to: 'latest' });
    await ops.diff({ name, from: 'latest', to: 'latest' });
  },
});
