/** C-11: a server that answers with values of another type. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'a value of another type than the schema has is a BackendError, and never taken for the right one',
  level: 'must',
  incidents: ['C-11'],
  needs: ['bucketInfo', 'admin.policies.get', 'admin.policies.createManaged', 'authStatus'],
  requires: ['own-registry'],
  breaks: ['wrong-type'],
  async run({ ops, world, attempt }) {
    const permissions = [{ bucket: world.bucket(), level: 'READ' }];
    const { id } = await ops.admin.policies.createManaged({ title: 'Reading', permissions, roles: [] });
    const rewrite = (operation: string, pointer: string) =>
      world.fault({ door: 'graphql', operation, times: 1, answer: { kind: 'rewrite', edits: [{ pointer, value: 7 }] } });
    await rewrite('bucketConfig', '/data/bucketConfig/title');
    await attempt(ops.bucketInfo({ bucket: world.bucket() }));
    await rewrite('policy', '/data/policy/managed');
    await attempt(ops.admin.policies.get({ id }));
    await rewrite('me', '/data/me/email');
    await attempt(ops.authStatus());
  },
});
