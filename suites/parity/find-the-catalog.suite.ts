/** P-01: where a client takes the catalog from, in every combination. */
import { scenario } from '../case/scenario.ts';
import { combinationsOf } from './combinations.ts';

const combinations = combinationsOf(['setting', 'variable', 'claim'] as const);

export default scenario({
  title: 'the catalog is that of the setting, else the variable, else the claim; said nowhere, it is an error',
  level: 'must',
  incidents: ['P-01', 'P-02'],
  needs: ['catalogConfig', 'authStatus'],
  requires: ['second-tenant'],
  readsOnly: true,
  async run({ world, attempt }) {
    const [first, second, third] = [world, (await world.neighbour()).world, (await world.neighbour()).world].map(
      ({ settings }) => settings.catalogUrl ?? '',
    );
    for (const combination of combinations) {
      const said = new Set(combination);
      const token = await world.token({ user: 'user', claims: { catalog_url: said.has('claim') ? third : null } });
      const ops = await world.open({
        token,
        ...(said.has('setting') && first !== undefined && { catalogUrl: first }),
        env: said.has('variable') && second !== undefined ? { QUILT_CATALOG_URL: second } : {},
        without: ['refreshToken', ...(said.has('setting') ? [] : ['catalogUrl' as const])],
      });
      await attempt(ops.catalogConfig());
      await attempt(ops.authStatus());
    }
  },
});
