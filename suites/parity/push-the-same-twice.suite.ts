/** P-11, P-16: the same content again is the same top hash and one revision more. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'the same content pushed again has the same top hash and is one revision more',
  level: 'must',
  incidents: ['P-11', 'P-16'],
  needs: ['createRevision', 'listRevisions', 'packageInfo'],
  async run({ ops, world }) {
    const name = world.packageName();
    const uris = await world.objects({ 'a.txt': 'a' });
    await ops.createRevision({ name, uris, metadata: { a: 1 }, message: 'm' });
    await world.nextSecond();
    await ops.createRevision({ name, uris, metadata: { a: 1 }, message: 'm' });
    await ops.listRevisions({ name });
    await ops.packageInfo({ name });
  },
});
