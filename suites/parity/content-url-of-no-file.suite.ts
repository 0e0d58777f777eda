/** P-17, P-06. */
import { scenario } from '../case/scenario.ts';

const paths: Readonly<Record<string, (keyOf: (key: string) => string) => string>> = {
  root: () => '',
  directory: (keyOf) => keyOf('data'),
  missing: (keyOf) => keyOf('none.txt'),
};

export default scenario({
  title: 'a content URL of what is no file is refused alike',
  level: 'must',
  incidents: ['P-06', 'P-17'],
  needs: ['createRevision', 'contentUrl'],
  axes: { path: Object.keys(paths) },
  async run({ ops, world, at, attempt }) {
    const name = world.packageName();
    await ops.createRevision({ name, uris: await world.objects({ 'data/a.txt': 'a' }), message: 'm' });
    await attempt(ops.contentUrl({ name, path: paths[at['path'] ?? '']?.(world.keyOf) ?? '' }));
  },
});
