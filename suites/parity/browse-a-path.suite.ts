/** P-08: the root, a directory, a file, and what is no path of the package. */
import { scenario } from '../case/scenario.ts';

const paths: Readonly<Record<string, string>> = {
  root: '',
  directory: 'data',
  'directory-slash': 'data/',
  nested: 'data/2024',
  file: 'data/b.csv',
  'file-slash': 'data/b.csv/',
  'below-file': 'data/b.csv/c',
  missing: 'data/none.csv',
  prefix: 'dat',
  absolute: '/data',
  dots: 'data/../data',
};

export default scenario({
  title: 'browse answers the root, a directory, a file and what is no path alike',
  level: 'must',
  incidents: ['P-08'],
  needs: ['createRevision', 'browse'],
  axes: { path: Object.keys(paths) },
  async run({ ops, world, at, attempt }) {
    const name = world.packageName();
    const uris = await world.objects({ 'data/2024/a.csv': 'a', 'data/b.csv': 'bb', 'readme.md': '# hello' });
    await ops.createRevision({ name, uris, message: 'first' });
    await attempt(ops.browse({ name, path: paths[at['path'] ?? ''] ?? '' }));
  },
});
