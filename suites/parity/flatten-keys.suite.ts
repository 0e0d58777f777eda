/** P-12: without organising, an entry is called by the last segment of its key. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'entries are named by their whole key, or by its last segment when not organised',
  level: 'must',
  incidents: ['P-12'],
  needs: ['createRevision', 'browse'],
  axes: { organise: ['true', 'false'] },
  async run({ ops, world, at }) {
    const name = world.packageName();
    const uris = await world.objects({ 'x/y/a.txt': 'a', 'x/b.txt': 'b' });
    await ops.createRevision({ name, uris, organise: at['organise'] === 'true', message: world.message('m') });
    await ops.browse({ name, path: '' });
    await ops.browse({ name, path: at['organise'] === 'true' ? world.keyOf('x/y/a.txt') : 'a.txt' });
  },
});
