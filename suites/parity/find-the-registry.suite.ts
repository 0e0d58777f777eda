/** P-01: where a client takes the registry from, in every combination. */
import { scenario } from '../case/scenario.ts';

const places = ['setting', 'variable', 'claim', 'config'] as const;
const combinations = places.reduce<string[][]>((all, place) => [...all, ...all.map((some) => [...some, place])], [[]]);

export default scenario({
  title: 'the registry is that of the setting, else the variable, else the claim, else the catalog; said nowhere, it is an error',
  level: 'must',
  incidents: ['P-01'],
  needs: ['registryUrl'],
  requires: ['control'],
  axes: { said: combinations.map((some) => some.join('-') || 'nowhere'), token: ['with-token', 'without'] },
  readsOnly: true,
  async run({ world, at, attempt }) {
    const said = new Set(at['said']?.split('-'));
    const token = await world.token({
      user: 'user',
      claims: { catalog_url: null, registry_url: said.has('claim') ? 'https://claim.example.com/' : null },
    });
    const ops = await world.open({
      as: 'nobody',
      ...(at['token'] === 'with-token' && { token }),
      ...(said.has('setting') && { registryUrl: 'https://setting.example.com/' }),
      env: said.has('variable') ? { QUILT_REGISTRY_URL: 'https://variable.example.com//' } : {},
      without: ['graphqlUrl', ...(said.has('setting') ? [] : ['registryUrl' as const]), ...(said.has('config') ? [] : ['catalogUrl' as const])],
    });
    await attempt(ops.registryUrl());
  },
});
