/** P-14: every package once, whatever the number of its revisions. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'a list holds every package once, not once for each revision',
  level: 'must',
  incidents: ['P-14'],
  needs: ['createRevision', 'listPackages', 'listRevisions'],
  async run({ ops, world }) {
    const [uri = ''] = await world.objects({ 'a.txt': 'a' });
    await ops.createRevision({ name: world.packageName('one'), uris: [uri], message: 'first' });
    await world.nextSecond();
    await ops.createRevision({ name: world.packageName('one'), uris: [uri], metadata: { second: true }, message: 'second' });
    await ops.createRevision({ name: world.packageName('two'), uris: [uri], message: 'first' });
    await ops.listPackages({ prefix: world.packageName('') });
    await ops.listRevisions({ name: world.packageName('one') });
  },
});
