/** P-14, P-24: what matches is found once, by its latest revision. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'a search finds the latest revisions that hold every word, in name, message or metadata',
  level: 'must',
  incidents: ['P-14', 'P-24'],
  needs: ['createRevision', 'searchPackages'],
  requires: ['own-bucket'],
  async run({ ops, world }) {
    const uris = await world.objects({ 'a.txt': 'a' });
    await ops.createRevision({ name: 'alpha/genome', uris, message: 'sequencing run', metadata: { organism: 'mouse' } });
    await ops.createRevision({ name: 'beta/assay', uris, message: 'plate assay', metadata: { organism: 'human', tags: ['genome'] } });
    await world.nextSecond();
    await ops.createRevision({ name: 'beta/assay', uris, message: 'second plate', metadata: { organism: 'human' } });
    for (const query of ['genome', 'mouse', 'plate', 'human plate', 'sequencing', 'GENOME', 'nothing', '', '*'])
      await ops.searchPackages({ query });
  },
});
