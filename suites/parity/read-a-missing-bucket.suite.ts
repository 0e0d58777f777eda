/** P-06, P-23: a registry that is not there is a NotFoundError that names the bucket. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'a registry that does not exist is refused alike by every operation',
  level: 'must',
  incidents: ['P-06', 'P-23'],
  needs: [
    'listPackages',
    'packageInfo',
    'browse',
    'listRevisions',
    'createRevision',
    'updateRevision',
    'contentUrl',
    'diff',
    'deletePackage',
    'searchPackages',
  ],
  requires: ['unknown-bucket'],
  async run({ ops, world, attempt }) {
    const registry = 's3://crosscheck-no-such-bucket-at-all';
    const name = world.packageName();
    const uris = await world.objects({ 'a.txt': 'a' });
    await attempt(ops.listPackages({ registry }));
    await attempt(ops.packageInfo({ registry, name }));
    await attempt(ops.browse({ registry, name, path: '' }));
    await attempt(ops.listRevisions({ registry, name }));
    await attempt(ops.searchPackages({ registry, query: '*' }));
    await attempt(ops.createRevision({ registry, name, uris, message: 'm' }));
    await attempt(ops.updateRevision({ registry, name, uris, message: 'm' }));
    await attempt(ops.contentUrl({ registry, name, path: 'a.txt' }));
    await attempt(ops.diff({ registry, name, from: 'latest', to: 'latest' }));
    await attempt(ops.deletePackage({ registry, name }));
  },
});
