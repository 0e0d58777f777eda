/** C-11: a server that leaves out what was asked for. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'an answer without a field that was asked for is a BackendError, and never a value without it',
  level: 'must',
  incidents: ['C-11'],
  needs: ['bucketInfo', 'admin.policies.get', 'admin.policies.createManaged', 'authStatus'],
  requires: ['own-registry'],
  breaks: ['missing-field'],
  async run({ ops, world, attempt }) {
    const permissions = [{ bucket: world.bucket(), level: 'READ' }];
    const { id } = await ops.admin.policies.createManaged({ title: 'Reading', permissions, roles: [] });
    const rewrite = (operation: string, pointer: string) =>
      world.fault({ door: 'graphql', operation, times: 1, answer: { kind: 'rewrite', edits: [{ pointer, remove: true }] } });
    await rewrite('bucketConfig', '/data/bucketConfig/tags');
    await attempt(ops.bucketInfo({ bucket: world.bucket() }));
    await rewrite('policy', '/data/policy/managed');
    await attempt(ops.admin.policies.get({ id }));
    await rewrite('me', '/data/me/isAdmin');
    await attempt(ops.authStatus());
  },
});
