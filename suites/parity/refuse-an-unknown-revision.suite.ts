/** P-06, P-08: a hash that no revision has is a NotFoundError that names package and hash. */
import { scenario } from '../case/scenario.ts';

const hashes: Readonly<Record<string, string>> = { unknown: 'f'.repeat(64), word: 'newest' };

export default scenario({
  title: 'a hash that no revision has is a NotFoundError that names package and hash',
  level: 'must',
  incidents: ['P-06', 'P-08'],
  needs: ['createRevision', 'browse', 'packageInfo', 'contentUrl', 'diff', 'deletePackage'],
  axes: { hash: ['unknown', 'word'] },
  async run({ ops, world, at, attempt }) {
    const name = world.packageName();
    const uris = await world.objects({ 'a.txt': 'a' });
    await ops.createRevision({ name, uris, message: 'first' });
    const hash = hashes[at['hash'] ?? ''] ?? '';
    await attempt(ops.packageInfo({ name, hash }));
    await attempt(ops.browse({ name, hash, path: '' }));
    await attempt(ops.contentUrl({ name, hash, path: world.keyOf('a.txt') }));
    await attempt(ops.diff({ name, from: hash, to: 'latest' }));
    await attempt(ops.diff({ name, from: 'latest', to: hash }));
    await attempt(ops.deletePackage({ name, hash }));
    await ops.packageInfo({ name });
  },
});
