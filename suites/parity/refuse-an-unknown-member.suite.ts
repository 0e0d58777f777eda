/** C-11: a server that answers with a type that its schema does not have. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'a result of a type that the schema does not have is a BackendError, and no success',
  level: 'must',
  incidents: ['C-11'],
  needs: ['admin.policies.createManaged', 'admin.policies.list', 'admin.policies.delete'],
  requires: ['own-registry'],
  breaks: ['unknown-typename'],
  only: { backends: ['quilt3', 'platform'], because: 'nothing of ours judges what the published quilt3 sends and gets' },
  async run({ ops, world, attempt }) {
    const edits = [{ pointer: '/data/*/__typename', value: 'PartialSuccess' }];
    await world.fault({ door: 'graphql', operation: 'policyCreateManaged', times: 1, answer: { kind: 'rewrite', edits } });
    await attempt(ops.admin.policies.createManaged({ title: 'Reading', permissions: [], roles: [] }));
    const [made] = (await ops.admin.policies.list()).filter(({ title }) => title === 'Reading');
    await world.fault({ door: 'graphql', operation: 'policyDelete', times: 1, answer: { kind: 'rewrite', edits } });
    await attempt(ops.admin.policies.delete({ id: made?.id ?? '' }));
    await ops.admin.policies.list();
  },
});
