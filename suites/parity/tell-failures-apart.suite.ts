/** P-07: a failure of the service and a mistake of the caller are two things, by whatever name the server calls them. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title:
    'an OperationError is a BackendError with its name and text, an InvalidInput a ValidationError with the parameter that its path lies in',
  level: 'must',
  incidents: ['P-07'],
  tags: ['administration'],
  needs: ['admin.policies.createManaged', 'admin.policies.updateManaged', 'admin.policies.delete'],
  requires: ['own-registry'],
  async run({ ops, world, attempt }) {
    const { policies } = ops.admin;
    const answerWith = (operation: string, value: unknown) =>
      world.fault({ door: 'graphql', operation, times: 1, answer: { kind: 'rewrite', edits: [{ pointer: '/data/*', value }] } });
    const operationError = { __typename: 'OperationError', name: 'ComputeFailed', message: 'the worker ran out of memory', context: null };
    const mistake = (path: string) => ({
      path,
      name: 'NeverHeardOf',
      message: `${path} is not to the liking of the server`,
      context: null,
    });
    const policy = { title: 'Analysis', permissions: [], roles: [] };
    const { id } = await policies.createManaged(policy);
    await answerWith('policyUpdateManaged', operationError);
    await attempt(policies.updateManaged({ id, ...policy }));
    await answerWith('policyUpdateManaged', { __typename: 'InvalidInput', errors: [mistake('input.permissions.0.bucket')] });
    await attempt(policies.updateManaged({ id, ...policy }));
    await answerWith('policyCreateManaged', { __typename: 'InvalidInput', errors: [mistake('input.title'), mistake('input.roles.0')] });
    await attempt(policies.createManaged({ ...policy, title: 'Other' }));
    await answerWith('policyDelete', operationError);
    await attempt(policies.delete({ id }));
  },
});
