/** P-01: where a client takes the registry from, in every combination. */
import { scenario } from '../case/scenario.ts';
import { combinationsOf } from './combinations.ts';

const combinations = combinationsOf(['setting', 'variable', 'claim', 'config'] as const);

export default scenario({
  title: 'the registry is that of the setting, else the variable, else the claim, else the catalog; said nowhere, it is an error',
  level: 'must',
  incidents: ['P-01'],
  needs: ['registryUrl'],
  requires: ['control'],
  only: {
    backends: ['quilt3', 'platform'],
    because: 'the published quilt3 keeps one configuration, and reads neither variables nor claims',
  },
  readsOnly: true,
  async run({ world, attempt }) {
    for (const combination of combinations) {
      const said = new Set(combination);
      const claims = { catalog_url: null, registry_url: said.has('claim') ? 'https://claim.example.com/' : null };
      const token = await world.token({ user: 'user', claims });
      for (const signedIn of [true, false]) {
        const ops = await world.open({
          as: 'nobody',
          ...(signedIn && { token }),
          ...(said.has('setting') && { registryUrl: 'https://setting.example.com/' }),
          env: said.has('variable') ? { QUILT_REGISTRY_URL: 'https://variable.example.com//' } : {},
          without: [
            'graphqlUrl',
            ...(said.has('setting') ? [] : ['registryUrl' as const]),
            ...(said.has('config') ? [] : ['catalogUrl' as const]),
          ],
        });
        await attempt(ops.registryUrl());
      }
    }
  },
});
