/** P-06: the error-class table of reading packages, whichever door a backend goes through. */
import { scenario } from '../case/scenario.ts';
import { anyFailures, failureOf, PATIENCE_MS, SAT_OUT } from './failures.ts';

/** A bare 404 is left to the tables of S3 and of GraphQL: to a HEAD of S3 it is how a missing object looks. */
const { '404': _, ...failures } = anyFailures;

export default scenario({
  title: 'each way in which storage or registry fails a reader of packages is an error of its own class and code',
  level: 'must',
  incidents: ['P-06'],
  needs: ['createRevision', 'listPackages', 'packageInfo', 'listRevisions', 'browse', 'contentUrl', 'diff', 'searchPackages'],
  requires: ['own-bucket', 'control'],
  axes: { failure: Object.keys(failures) },
  exchangeDeadlineMs: PATIENCE_MS,
  ...SAT_OUT,
  async run({ ops, world, at, attempt }) {
    const name = world.packageName();
    await ops.createRevision({ name, uris: await world.objects({ 'a.txt': 'a' }), message: 'm' });
    await world.fault({ door: 'any', answer: failureOf(failures, at['failure']) });
    await Promise.all([
      attempt(ops.listPackages({})),
      attempt(ops.packageInfo({ name })),
      attempt(ops.listRevisions({ name })),
      attempt(ops.browse({ name, path: '' })),
      attempt(ops.contentUrl({ name, path: 'a.txt' })),
      attempt(ops.diff({ name, from: 'latest', to: 'latest' })),
      attempt(ops.searchPackages({ query: 'm' })),
    ]);
    await world.clearFaults();
    await ops.browse({ name, path: '' });
  },
});
