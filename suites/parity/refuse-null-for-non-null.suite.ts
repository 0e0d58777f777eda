/** C-11: a server that answers null where it must not. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'null where the schema promises a value is a BackendError, and never a value',
  level: 'must',
  incidents: ['C-11'],
  needs: ['bucketInfo', 'admin.policies.get', 'admin.policies.createManaged', 'authStatus'],
  requires: ['own-registry'],
  breaks: ['null-for-non-null'],
  async run({ ops, world, attempt }) {
    const permissions = [{ bucket: world.bucket(), level: 'READ' }];
    const { id } = await ops.admin.policies.createManaged({ title: 'Reading', permissions, roles: [] });
    const rewrite = (operation: string, pointer: string) =>
      world.fault({ door: 'graphql', operation, times: 1, answer: { kind: 'rewrite', edits: [{ pointer, value: null }] } });
    await rewrite('bucketConfig', '/data/bucketConfig/title');
    await attempt(ops.bucketInfo({ bucket: world.bucket() }));
    await rewrite('policy', '/data/policy/title');
    await attempt(ops.admin.policies.get({ id }));
    await rewrite('me', '/data/me/roles/0');
    await attempt(ops.authStatus());
  },
});
