/** P-11, P-10: a URI without a version enters what is current, and keeps it. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'a URI without a version enters the current one, and a later write does not change the package',
  level: 'must',
  incidents: ['P-10', 'P-11'],
  needs: ['createRevision', 'browse', 'contentUrl'],
  async run({ ops, world }) {
    const name = world.packageName();
    const [first = ''] = await world.objects({ 'a.txt': 'first' });
    await world.objects({ 'a.txt': 'second, longer' });
    await ops.createRevision({ name, uris: [first.replace(/\?.*$/, '')], message: 'm' });
    await world.objects({ 'a.txt': 'third' });
    await ops.browse({ name, path: world.keyOf('a.txt') });
    await ops.contentUrl({ name, path: world.keyOf('a.txt') });
    await ops.createRevision({ name: world.packageName('pinned'), uris: [first], message: 'm' });
    await ops.contentUrl({ name: world.packageName('pinned'), path: world.keyOf('a.txt') });
  },
});
