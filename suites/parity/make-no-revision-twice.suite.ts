/** P-26: a push whose last answer was lost makes one revision. */
import { scenario } from '../case/scenario.ts';
import { PATIENCE_MS } from './failures.ts';

const lost = {
  reset: { kind: 'reset', perform: true },
  hang: { kind: 'hang', perform: true },
  '500': { kind: 'respond', status: 500, perform: true },
  '503': { kind: 'respond', status: 503, perform: true },
} as const;

export default scenario({
  title: 'a push that was made but whose answer was lost is a BackendError, and makes one revision',
  level: 'must',
  incidents: ['P-26'],
  needs: ['createRevision', 'listRevisions', 'packageInfo'],
  requires: ['own-bucket', 'control'],
  axes: { lost: Object.keys(lost) },
  exchangeDeadlineMs: PATIENCE_MS,
  withholdsAt: { lost: ['hang'] },
  async run({ ops, world, at, attempt }) {
    const answer = lost[at['lost'] as keyof typeof lost];
    const name = world.packageName();
    const uris = await world.objects({ 'a.txt': 'a' });
    // The last request of a push: in S3 the pointer to the latest revision, after manifest and pointer.
    await world.fault({ door: 's3', operation: 'PutObject', skip: 2, answer });
    await world.fault({ door: 'graphql', operation: 'packageConstruct', answer });
    await attempt(ops.createRevision({ name, uris, message: 'once' }));
    await world.repeats();
    await world.clearFaults();
    await ops.listRevisions({ name });
    await ops.packageInfo({ name });
  },
});
