/** P-01: where a client takes the GraphQL endpoint from, in every combination of a good and a wrong one. */
import { scenario } from '../case/scenario.ts';

const told = ['nowhere', 'right', 'wrong'];

export default scenario({
  title: 'GraphQL is asked at the setting, else at the variable, else at the registry, and nowhere else',
  level: 'must',
  incidents: ['P-01'],
  needs: ['bucketInfo'],
  axes: { setting: told, variable: told, registry: ['told', 'by-catalog'] },
  readsOnly: true,
  async run({ world, at, attempt }) {
    const { graphqlUrl = '' } = world.settings;
    const urlOf = (which: string | undefined) => (which === 'right' ? graphqlUrl : `${graphqlUrl}/not-here`);
    const ops = await world.open({
      ...(at['setting'] !== 'nowhere' && { graphqlUrl: urlOf(at['setting']) }),
      env: at['variable'] === 'nowhere' ? {} : { QUILT_GRAPHQL_ENDPOINT: urlOf(at['variable']) },
      without: [
        ...(at['setting'] === 'nowhere' ? ['graphqlUrl' as const] : []),
        ...(at['registry'] === 'told' ? [] : ['registryUrl' as const]),
      ],
    });
    await attempt(ops.bucketInfo({ bucket: world.bucket() }));
  },
});
