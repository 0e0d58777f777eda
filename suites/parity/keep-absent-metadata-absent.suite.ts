/** P-15: no metadata, no message and an empty message are three things. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'a revision without metadata or message has none, and an empty message is one',
  level: 'must',
  incidents: ['P-15', 'P-16'],
  needs: ['createRevision', 'packageInfo', 'listRevisions'],
  async run({ ops, world }) {
    const uris = await world.objects({ 'a.txt': 'a' });
    await ops.createRevision({ name: world.packageName('bare'), uris });
    await ops.packageInfo({ name: world.packageName('bare') });
    await ops.createRevision({ name: world.packageName('blank'), uris, message: '' });
    await ops.packageInfo({ name: world.packageName('blank') });
    await ops.createRevision({ name: world.packageName('empty'), uris, message: 'm', metadata: {} });
    await ops.packageInfo({ name: world.packageName('empty') });
    await ops.listRevisions({ name: world.packageName('bare') });
  },
});
