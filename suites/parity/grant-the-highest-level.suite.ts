/** P-18: a role grants the highest level that one of its policies grants. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'of two policies on one bucket the role grants the higher level, whichever was attached first',
  level: 'must',
  incidents: ['P-18'],
  tags: ['administration'],
  needs: ['admin.policies.createManaged', 'admin.roles.createManaged', 'admin.roles.get', 'admin.roles.updateManaged'],
  requires: ['own-registry'],
  async run({ ops, world }) {
    const grant = async (title: string, level: string) =>
      (await ops.admin.policies.createManaged({ title, permissions: [{ bucket: world.bucket(), level }], roles: [] })).id;
    const [reading, writing, readingAgain] = [await grant('r', 'READ'), await grant('w', 'READ_WRITE'), await grant('r2', 'READ')];
    const { id, name } = await ops.admin.roles.createManaged({
      name: world.freshName('Analysts'),
      policies: [reading, writing, readingAgain],
    });
    await ops.admin.roles.get({ id });
    await ops.admin.roles.updateManaged({ id, name, policies: [writing, readingAgain] });
    await ops.admin.roles.updateManaged({ id, name, policies: [readingAgain, reading] });
    await ops.admin.roles.get({ id });
  },
});
