/** P-20: AWS keys for a token. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'a user gets new temporary keys each time, which end when the stack says; nobody gets none',
  level: 'must',
  incidents: ['P-20'],
  needs: ['awsCredentials'],
  requires: ['control'],
  tenant: { credentialSeconds: 900 },
  async run({ ops, world, attempt }) {
    await ops.awsCredentials();
    await ops.awsCredentials();
    await (await world.open({ as: 'admin' })).awsCredentials();
    await attempt((await world.open({ as: 'nobody' })).awsCredentials());
    // Keys that it has been given make no difference to those that it gets.
    await (await world.open({ without: ['accessKeyId', 'secretAccessKey'] })).awsCredentials();
  },
});
