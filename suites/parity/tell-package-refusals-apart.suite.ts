/** P-06, C-05: what GraphQL says of packages, for those who ask it. */
import { scenario } from '../case/scenario.ts';
import { failureOf, graphqlFailures, PATIENCE_MS, SAT_OUT } from './failures.ts';

export default scenario({
  title: 'each way in which GraphQL fails in reading or writing packages is an error of its own class, code and text',
  level: 'must',
  incidents: ['P-06', 'C-05'],
  needs: ['createRevision', 'listPackages', 'browse', 'packageInfo', 'listRevisions'],
  requires: ['own-bucket', 'control'],
  only: { backends: ['platform'], because: 'it reads and writes packages in S3' },
  axes: { failure: Object.keys(graphqlFailures) },
  exchangeDeadlineMs: PATIENCE_MS,
  ...SAT_OUT,
  async run({ ops, world, at, attempt }) {
    const name = world.packageName();
    const uris = await world.objects({ 'a.txt': 'a' });
    await ops.createRevision({ name, uris, message: 'first' });
    await world.fault({ door: 'graphql', answer: failureOf(graphqlFailures, at['failure']) });
    await Promise.all([
      attempt(ops.listPackages({})),
      attempt(ops.packageInfo({ name })),
      attempt(ops.browse({ name, path: '' })),
      attempt(ops.createRevision({ name, uris, message: 'lost' })),
    ]);
    await world.repeats();
    await world.clearFaults();
    await ops.listRevisions({ name });
  },
});
