/** P-24: tags are read from the metadata in one way, whatever form they have there. */
import { scenario } from '../case/scenario.ts';
import { tagForms } from './tag-forms.ts';

export default scenario({
  title: 'tags in the metadata are found alike by a search in every form',
  level: 'must',
  incidents: ['P-24'],
  needs: ['createRevision', 'searchPackages'],
  requires: ['own-bucket'],
  axes: { tags: Object.keys(tagForms) },
  async run({ ops, world, at }) {
    const name = world.packageName();
    await ops.createRevision({
      name,
      uris: await world.objects({ 'a.txt': 'a' }),
      metadata: { tags: tagForms[at['tags'] ?? ''] ?? null },
      message: 'm',
    });
    await ops.searchPackages({ query: '*' });
  },
});
