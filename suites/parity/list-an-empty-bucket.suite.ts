/** P-14. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'a bucket without packages lists none, and a search of it finds none',
  level: 'must',
  incidents: ['P-14'],
  needs: ['listPackages', 'searchPackages'],
  requires: ['own-bucket'],
  readsOnly: true,
  async run({ ops }) {
    await ops.listPackages({});
    await ops.searchPackages({ query: '*' });
  },
});
