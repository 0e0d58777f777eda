/** P-18: a role that is not there is a NotFoundError where the schema can say so. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'a role that does not exist is a NotFoundError that names its id',
  level: 'must',
  incidents: ['P-06', 'P-18'],
  tags: ['administration'],
  needs: ['admin.roles.get', 'admin.roles.delete', 'admin.roles.setDefault'],
  requires: ['own-registry'],
  async run({ ops, attempt }) {
    for (const id of ['no-such-role', '00000000-0000-4000-8000-000000000000', '']) {
      await attempt(ops.admin.roles.get({ id }));
      await attempt(ops.admin.roles.delete({ id }));
      await attempt(ops.admin.roles.setDefault({ id }));
    }
    // A name is no id.
    await attempt(ops.admin.roles.get({ id: 'DataReaders' }));
  },
});
