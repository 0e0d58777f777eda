/** P-01: whose token is sent, in every combination. */
import { scenario } from '../case/scenario.ts';
import { combinationsOf } from './combinations.ts';

const combinations = combinationsOf(['setting', 'variable', 'claim'] as const);

export default scenario({
  title:
    "the registry is sent the catalog's token that the caller's carries, else the setting, else the variable; without any nobody is signed in",
  level: 'must',
  incidents: ['P-01', 'P-02'],
  needs: ['authStatus', 'listBuckets'],
  requires: ['control'],
  readsOnly: true,
  async run({ world, attempt }) {
    for (const combination of combinations) {
      const said = new Set(combination);
      const inner = said.has('claim') ? await world.token({ user: 'sso_user' }) : null;
      const setting = await world.token({ user: 'user', claims: { catalog_token: inner } });
      const variable = await world.token({ user: 'admin', claims: { catalog_token: inner } });
      const ops = await world.open({
        as: 'nobody',
        ...(said.has('setting') && { token: setting }),
        env: said.has('variable') ? { MCP_JWT_TOKEN: variable } : {},
      });
      await attempt(ops.authStatus());
      await attempt(ops.listBuckets());
    }
  },
});
