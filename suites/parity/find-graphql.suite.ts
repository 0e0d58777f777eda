/** P-01: where a client takes the GraphQL endpoint from, in every combination of a good and a wrong one. */
import { scenario } from '../case/scenario.ts';

const told = ['nowhere', 'right', 'wrong'] as const;

export default scenario({
  title: 'GraphQL is asked at the setting, else at the variable, else at the registry, and nowhere else',
  level: 'must',
  incidents: ['P-01'],
  needs: ['bucketInfo'],
  requires: ['own-registry'],
  readsOnly: true,
  async run({ world, attempt }) {
    const { graphqlUrl = '' } = world.settings;
    const urlOf = (which: string) => (which === 'right' ? graphqlUrl : `${graphqlUrl}/not-here`);
    for (const [setting, variable] of told.flatMap((one) => told.map((other) => [one, other] as const))) {
      for (const registry of ['told', 'by the catalog']) {
        const ops = await world.open({
          ...(setting !== 'nowhere' && { graphqlUrl: urlOf(setting) }),
          env: variable === 'nowhere' ? {} : { QUILT_GRAPHQL_ENDPOINT: urlOf(variable) },
          without: [...(setting === 'nowhere' ? ['graphqlUrl' as const] : []), ...(registry === 'told' ? [] : ['registryUrl' as const])],
        });
        await attempt(ops.bucketInfo({ bucket: world.bucket() }));
      }
    }
  },
});
