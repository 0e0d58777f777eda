/** P-24: tags are read from the metadata in one way, whatever form they have there. */
import type { Json } from '../../backends/shapes.ts';
import { scenario } from '../case/scenario.ts';

const tags: Readonly<Record<string, Json>> = {
  list: ['b', 'a', 'b'],
  text: 'one',
  none: null,
  mixed: ['a', 1, null, { b: 2 }, 'c'],
  empty: [],
  object: { a: 1 },
  number: 7,
};

export default scenario({
  title: 'tags in the metadata come out alike in every form',
  level: 'must',
  incidents: ['P-24'],
  needs: ['createRevision', 'packageInfo', 'searchPackages'],
  requires: ['own-bucket'],
  axes: { tags: Object.keys(tags) },
  async run({ ops, world, at }) {
    const name = world.packageName();
    await ops.createRevision({
      name,
      uris: await world.objects({ 'a.txt': 'a' }),
      metadata: { tags: tags[at['tags'] ?? ''] ?? null },
      message: 'm',
    });
    await ops.packageInfo({ name });
    await ops.searchPackages({ query: '*' });
  },
});
