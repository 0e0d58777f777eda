/** C-05: a text that is no GraphQL at all. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'a text that the server cannot read is answered with its words on where it stopped, and is no generic failure',
  level: 'must',
  incidents: ['C-05'],
  needs: ['graphql'],
  readsOnly: true,
  async run({ ops }) {
    for (const query of ['{ me { name }', 'me', '{', '}']) await ops.graphql({ query });
  },
});
