/** P-06, P-26: the error-class table of writing packages, whichever door a backend goes through. */
import { scenario } from '../case/scenario.ts';
import { anyFailures, failureOf, PATIENCE_MS, SAT_OUT } from './failures.ts';

/** A bare 404 is left to the tables of S3 and of GraphQL: to a HEAD of S3 it is how a missing object looks. */
const { '404': _, ...failures } = anyFailures;

export default scenario({
  title: 'each way in which storage or registry fails a writer is an error of its own class; nothing is written, and nothing sent twice',
  level: 'must',
  incidents: ['P-06', 'P-26'],
  needs: ['createRevision', 'updateRevision', 'deletePackage', 'listRevisions', 'listPackages'],
  requires: ['own-bucket', 'control'],
  axes: { failure: Object.keys(failures) },
  exchangeDeadlineMs: PATIENCE_MS,
  ...SAT_OUT,
  async run({ ops, world, at, attempt }) {
    const name = world.packageName();
    const [a = '', b = ''] = await world.objects({ 'a.txt': 'a', 'b.txt': 'b' });
    await ops.createRevision({ name, uris: [a], message: 'first' });
    await world.nextSecond();
    await world.fault({ door: 'any', answer: failureOf(failures, at['failure']) });
    await Promise.all([
      attempt(ops.createRevision({ name: world.packageName('other'), uris: [a], message: 'lost' })),
      attempt(ops.updateRevision({ name, uris: [b], message: 'lost' })),
      attempt(ops.deletePackage({ name })),
    ]);
    await world.repeats();
    await world.clearFaults();
    await ops.listRevisions({ name });
    await ops.listPackages({});
  },
});
