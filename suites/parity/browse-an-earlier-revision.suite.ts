/** P-08: a revision is what it was, whatever came after it. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'an earlier revision is browsed and described as it was',
  level: 'must',
  incidents: ['P-08'],
  needs: ['createRevision', 'browse', 'packageInfo', 'contentUrl'],
  async run({ ops, world }) {
    const name = world.packageName();
    const [first = ''] = await world.objects({ 'a.txt': 'old' });
    const { topHash } = await ops.createRevision({ name, uris: [first], metadata: { run: 1 }, message: 'first' });
    const [second = ''] = await world.objects({ 'a.txt': 'new and longer' });
    await world.nextSecond();
    await ops.createRevision({ name, uris: [second], metadata: { run: 2 }, message: 'second' });
    for (const hash of [topHash, 'latest']) {
      await ops.packageInfo({ name, hash });
      await ops.browse({ name, hash, path: world.keyOf('a.txt') });
      await ops.contentUrl({ name, hash, path: world.keyOf('a.txt') });
    }
  },
});
