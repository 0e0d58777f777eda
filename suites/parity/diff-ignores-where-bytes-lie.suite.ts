/** P-09: the same bytes at another place are no change. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'diff sees no change where only the physical key did',
  level: 'must',
  incidents: ['P-09'],
  needs: ['createRevision', 'diff'],
  async run({ ops, world }) {
    const name = world.packageName();
    const [first = ''] = await world.objects({ 'one/a.txt': 'same' });
    const [second = ''] = await world.objects({ 'two/a.txt': 'same' });
    const before = await ops.createRevision({ name, uris: [first], organise: false, message: world.message('m'), metadata: { at: 1 } });
    await world.nextSecond();
    const after = await ops.createRevision({ name, uris: [second], organise: false, message: world.message('m'), metadata: { at: 2 } });
    await ops.diff({ name, from: before.topHash, to: after.topHash });
  },
});
