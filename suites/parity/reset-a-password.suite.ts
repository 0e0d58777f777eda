/** P-18: a password can be reset of those who have one. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'a password is reset; of a user who signs in by single sign-on alone it is a ConflictError',
  level: 'must',
  incidents: ['P-18'],
  tags: ['administration'],
  needs: ['admin.users.resetPassword', 'admin.users.get'],
  requires: ['own-registry'],
  async run({ ops, attempt }) {
    await ops.admin.users.resetPassword({ name: 'user' });
    await attempt(ops.admin.users.resetPassword({ name: 'sso_user' }));
    await ops.admin.users.get({ name: 'sso_user' });
  },
});
