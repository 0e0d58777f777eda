/** C-11: a server that answers what nobody asked for. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'an answer with a field that nobody asked for is a BackendError',
  level: 'must',
  incidents: ['C-11'],
  needs: ['bucketInfo', 'admin.policies.get', 'admin.policies.createManaged', 'authStatus'],
  requires: ['own-registry'],
  breaks: ['extra-field'],
  async run({ ops, world, attempt }) {
    const permissions = [{ bucket: world.bucket(), level: 'READ' }];
    const { id } = await ops.admin.policies.createManaged({ title: 'Reading', permissions, roles: [] });
    const rewrite = (operation: string, pointer: string) =>
      world.fault({ door: 'graphql', operation, times: 1, answer: { kind: 'rewrite', edits: [{ pointer, value: 'unasked' }] } });
    await rewrite('bucketConfig', '/data/bucketConfig/owner');
    await attempt(ops.bucketInfo({ bucket: world.bucket() }));
    await rewrite('policy', '/data/policy/owner');
    await attempt(ops.admin.policies.get({ id }));
    await rewrite('me', '/data/me/owner');
    await attempt(ops.authStatus());
  },
});
