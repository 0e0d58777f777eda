/** P-17: a content URL is refused after its end. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'a content URL gives the bytes now, and is refused after its end',
  level: 'must',
  incidents: ['P-17'],
  needs: ['createRevision', 'contentUrl'],
  requires: ['control'],
  async run({ ops, world }) {
    const name = world.packageName();
    await ops.createRevision({ name, uris: await world.objects({ 'a.txt': 'the content' }), message: 'm' });
    const { url } = await ops.contentUrl({ name, path: 'a.txt' });
    await world.download(url);
    await world.advance(3601);
    const { status } = await world.download(url);
    world.note('refused after its end', status === 403);
  },
});
