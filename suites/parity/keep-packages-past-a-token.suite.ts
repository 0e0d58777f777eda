/** P-04: packages written before the token ended are there for the next one. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'a client whose token and keys have ended can neither read nor write packages, and what it wrote stays',
  level: 'must',
  incidents: ['P-04', 'P-20'],
  needs: ['createRevision', 'updateRevision', 'packageInfo', 'listRevisions'],
  requires: ['own-bucket', 'control'],
  tenant: { tokenSeconds: 600, credentialSeconds: 900 },
  async run({ world, attempt }) {
    const name = world.packageName();
    const [a = '', b = ''] = await world.objects({ 'a.txt': 'a', 'b.txt': 'b' });
    const short = await world.open({ without: ['refreshToken', 'accessKeyId', 'secretAccessKey'] });
    await short.createRevision({ name, uris: [a], message: 'in time' });
    await world.advance(1_000);
    await attempt(short.packageInfo({ name }));
    await attempt(short.updateRevision({ name, uris: [b], message: 'too late' }));
    const again = await world.open({
      token: await world.token({ user: 'user' }),
      without: ['refreshToken', 'accessKeyId', 'secretAccessKey'],
    });
    await again.listRevisions({ name });
    await again.updateRevision({ name, uris: [b], message: 'with a new token' });
  },
});
