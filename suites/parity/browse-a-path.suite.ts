/** P-08: the root, a directory, a file, and what is no path of the package. */
import { scenario } from '../case/scenario.ts';

/** What is browsed, by the logical key of the directory `data`. */
const paths: Readonly<Record<string, (data: string) => string>> = {
  root: () => '',
  directory: (data) => data,
  'directory-slash': (data) => `${data}/`,
  nested: (data) => `${data}/2024`,
  file: (data) => `${data}/b.csv`,
  'file-slash': (data) => `${data}/b.csv/`,
  'below-file': (data) => `${data}/b.csv/c`,
  missing: (data) => `${data}/none.csv`,
  prefix: (data) => data.slice(0, -1),
  absolute: (data) => `/${data}`,
  dots: (data) => `${data}/../data`,
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
    await attempt(ops.browse({ name, path: paths[at['path'] ?? '']?.(world.keyOf('data')) ?? '' }));
  },
});
