/** P-15, P-14: what a search says of a revision without metadata or message. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'a search finds revisions without metadata, with none in it, and without a message',
  level: 'must',
  incidents: ['P-14', 'P-15'],
  needs: ['createRevision', 'searchPackages'],
  requires: ['own-bucket'],
  async run({ ops, world }) {
    const uris = await world.objects({ 'a.txt': 'a' });
    await ops.createRevision({ name: world.packageName('bare'), uris });
    await ops.createRevision({ name: world.packageName('blank'), uris, message: '' });
    await ops.createRevision({ name: world.packageName('empty'), uris, message: 'm', metadata: {} });
    // The index keeps an empty text where there is no message, so a search cannot tell the two apart.
    for (const query of ['bare', 'empty']) await ops.searchPackages({ query });
  },
});
