/** P-26: a change whose answer was lost may have been made, so it is not asked for again. */
import { scenario } from '../case/scenario.ts';
import { PATIENCE_MS } from './failures.ts';

const lost = {
  reset: { kind: 'reset', perform: true },
  hang: { kind: 'hang', perform: true },
  '500': { kind: 'respond', status: 500, perform: true },
  '502': { kind: 'respond', status: 502, body: 'bad gateway', perform: true },
  '503': { kind: 'respond', status: 503, perform: true },
  '504': { kind: 'respond', status: 504, perform: true },
} as const;

export default scenario({
  title: 'a change that was made but whose answer was lost is a BackendError, is sent once, and is there once',
  level: 'must',
  incidents: ['P-26'],
  needs: ['admin.policies.createManaged', 'admin.policies.list'],
  requires: ['own-registry'],
  axes: { lost: Object.keys(lost) },
  exchangeDeadlineMs: PATIENCE_MS,
  withholdsAt: { lost: ['hang'] },
  async run({ ops, world, at, attempt }) {
    const answer = lost[at['lost'] as keyof typeof lost];
    await world.fault({ door: 'graphql', operation: 'policyCreateManaged', answer });
    await attempt(ops.admin.policies.createManaged({ title: 'Once', permissions: [], roles: [] }));
    await world.repeats();
    await world.clearFaults();
    await ops.admin.policies.list();
  },
});
