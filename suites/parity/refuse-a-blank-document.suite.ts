/** Nothing can be sent of a blank document. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'a blank document is a ValidationError of query, before any request',
  level: 'should',
  needs: ['graphql'],
  readsOnly: true,
  async run({ ops, world, attempt }) {
    await attempt(ops.graphql({ query: '' }));
    await attempt(ops.graphql({ query: ' \n\t' }));
    await attempt((await world.open({ as: 'nobody' })).graphql({ query: ' ' }));
    await attempt((await world.open({ as: 'nobody', without: ['catalogUrl', 'registryUrl', 'graphqlUrl'] })).graphql({ query: '' }));
  },
});
