/** P-11: a copy makes one revision whose entries lie below the package's name. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'a copied package is one revision, its bytes below its own name',
  level: 'must',
  incidents: ['P-11', 'P-30'],
  needs: ['createRevision', 'createRevision.copy:true', 'browse', 'listRevisions', 'contentUrl'],
  async run({ ops, world }) {
    const name = world.packageName();
    const uris = await world.objects({ 'src/a.txt': 'a', 'src/b c.txt': 'b' });
    await ops.createRevision({ name, uris, copy: true, message: 'm' });
    await ops.listRevisions({ name });
    await ops.browse({ name, path: world.keyOf('src') });
    await ops.contentUrl({ name, path: world.keyOf('src/b c.txt') });
    await world.count(`${name}/`);
  },
});
