/** Who is signed in, with which roles, and where. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'authStatus says who it is, the active role and all of them; without a token it says that nobody is',
  level: 'must',
  needs: ['authStatus'],
  requires: ['own-registry'],
  axes: { who: ['admin', 'user', 'nobody'] },
  readsOnly: true,
  async run({ world, at }) {
    const as = at['who'] === 'admin' || at['who'] === 'nobody' ? at['who'] : 'user';
    await (await world.open({ as })).authStatus();
    // Slashes at the end of what it was told make no difference.
    const { catalogUrl, registryUrl } = world.settings;
    await (await world.open({ as, catalogUrl: `${catalogUrl}/`, registryUrl: `${registryUrl}/` })).authStatus();
    await (await world.open({ as, without: ['registryUrl', 'graphqlUrl'] })).authStatus();
  },
});
