/** P-06: a name without exactly one slash is refused alike by every operation, before anything is asked. */
import { scenario } from '../case/scenario.ts';

const names: Readonly<Record<string, string>> = {
  plain: 'nameonly',
  deep: 'a/b/c',
  blank: '',
  slash: '/',
  open: 'team/',
  space: 'team/ name',
};

export default scenario({
  title: 'a package name of another form is a ValidationError of every operation',
  level: 'must',
  incidents: ['P-06'],
  needs: ['createRevision', 'updateRevision', 'packageInfo', 'browse', 'listRevisions', 'contentUrl', 'diff', 'deletePackage'],
  requires: ['own-bucket'],
  axes: { name: Object.keys(names) },
  async run({ ops, world, at, attempt }) {
    const name = names[at['name'] ?? ''] ?? '';
    const uris = await world.objects({ 'a.txt': 'a' });
    await attempt(ops.createRevision({ name, uris, message: 'm' }));
    await attempt(ops.updateRevision({ name, uris, message: 'm' }));
    await attempt(ops.packageInfo({ name }));
    await attempt(ops.browse({ name, path: '' }));
    await attempt(ops.listRevisions({ name }));
    await attempt(ops.contentUrl({ name, path: 'a.txt' }));
    await attempt(ops.diff({ name, from: 'latest', to: 'latest' }));
    await attempt(ops.deletePackage({ name }));
    await ops.listPackages({});
  },
});
