/** P-20: a client that is given temporary keys reads and writes with them while they last. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'packages are written and read with temporary keys, and no more when they have ended',
  level: 'must',
  incidents: ['P-20', 'P-04'],
  needs: ['awsCredentials', 'createRevision', 'browse'],
  requires: ['own-bucket', 'control'],
  tenant: { credentialSeconds: 900, tokenSeconds: 900 },
  async run({ ops, world, attempt }) {
    const name = world.packageName();
    const uris = await world.objects({ 'a.txt': 'a' });
    const { accessKeyId, secretAccessKey, sessionToken } = await ops.awsCredentials();
    const given = { accessKeyId, secretAccessKey, ...(sessionToken !== null && { sessionToken }) };
    const own = await world.open({ ...given, without: ['refreshToken'] });
    await own.createRevision({ name, uris, message: 'm' });
    await own.browse({ name, path: '' });
    await world.advance(1_000);
    await attempt(own.browse({ name, path: '' }));
    await attempt(own.createRevision({ name, uris, message: 'late' }));
  },
});
