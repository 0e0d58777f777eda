/** D-16: who deploys lacks a permission: all that are missing are told at once. */
import type { Resource } from '../../fixtures/target.ts';
import { resourceCheck } from '../case/resource-check.ts';
import { simulate } from './simulate-policy.ts';
import { stateThat } from './state-that.ts';

export default resourceCheck<'permissions', Resource<'permissions'>>({
  title: 'the principal may do everything that the target says it must',
  level: 'must',
  incidents: ['D-16'],
  of: 'permissions',
  when: { of: 'that name actions', is: ({ actions }) => actions.length > 0 },
  async ask({ resource: { principal, actions, resources }, aws }) {
    const decisions = await simulate(aws, principal, actions, resources);
    return decisions.map(({ action, resource, decision, why }) =>
      stateThat(decision === 'allowed', {
        what: `${action} on ${resource} by ${principal}`,
        expected: 'allowed',
        got: decision,
        ...(why !== undefined && { reason: why }),
        mend:
          decision === 'explicitDeny'
            ? `remove what denies ${action}`
            : `allow ${action} on ${resource} in a policy of ${principal.split('/').at(-1)}`,
      }),
    );
  },
});
