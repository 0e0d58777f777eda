/** C-11: a server that answers with an enum value that its schema does not have. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'an enum value that the schema does not have is a BackendError, and never handed on',
  level: 'must',
  incidents: ['C-11'],
  needs: ['admin.policies.get', 'admin.policies.createManaged', 'admin.policies.list'],
  requires: ['own-registry'],
  breaks: ['unknown-enum-value'],
  only: { backends: ['quilt3', 'platform'], because: 'nothing of ours judges what the published quilt3 sends and gets' },
  async run({ ops, world, attempt }) {
    const permissions = [{ bucket: world.bucket(), level: 'READ' }];
    const { id } = await ops.admin.policies.createManaged({ title: 'Reading', permissions, roles: [] });
    const edits = [{ pointer: '/data/*/permissions/*/level', value: 'WRITE_ONLY' }];
    await world.fault({ door: 'graphql', operation: 'policy', times: 1, answer: { kind: 'rewrite', edits } });
    await attempt(ops.admin.policies.get({ id }));
    const listed = [{ pointer: '/data/policies/*/permissions/*/level', value: 'WRITE_ONLY' }];
    await world.fault({ door: 'graphql', operation: 'policies', times: 1, answer: { kind: 'rewrite', edits: listed } });
    await attempt(ops.admin.policies.list());
  },
});
