/** P-04: a token that ends in mid-session. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'when the token ends in mid-session the next call is an AuthenticationError, work done stays, and a new token resumes',
  level: 'must',
  incidents: ['P-04'],
  needs: ['admin.policies.createManaged', 'admin.policies.updateManaged', 'admin.policies.list'],
  requires: ['own-registry'],
  tenant: { tokenSeconds: 600 },
  async run({ world, attempt }) {
    const { policies } = (await world.open({ as: 'admin', without: ['refreshToken'] })).admin;
    const first = { title: 'First', permissions: [{ bucket: world.bucket(), level: 'READ' }], roles: [] };
    const { id } = await policies.createManaged(first);
    await world.advance(599 + 2);
    await attempt(policies.updateManaged({ id, ...first, title: 'Too late' }));
    await attempt(policies.list());
    const again = await world.open({ token: await world.token({ user: 'admin' }), without: ['refreshToken'] });
    await again.admin.policies.list();
    await again.admin.policies.updateManaged({ id, ...first, title: 'In time' });
  },
});
