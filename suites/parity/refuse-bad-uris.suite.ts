/** P-06, P-07: a URI that is none, or names nothing, is a ValidationError of `uris`; nothing is written. */
import { scenario } from '../case/scenario.ts';

const uris: Readonly<Record<string, (bucket: string, keyOf: (key: string) => string) => string>> = {
  http: () => 'https://example.com/a.txt',
  'no-key': (bucket) => `s3://${bucket}`,
  slash: (bucket) => `s3://${bucket}/`,
  directory: (bucket, keyOf) => `s3://${bucket}/${keyOf('data/')}`,
  parameter: (bucket, keyOf) => `s3://${bucket}/${keyOf('a.txt')}?partNumber=1`,
  text: () => 'a.txt',
  blank: () => '',
  'missing-object': (bucket, keyOf) => `s3://${bucket}/${keyOf('none.txt')}`,
  'missing-version': (bucket, keyOf) => `s3://${bucket}/${keyOf('a.txt')}?versionId=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA`,
  'missing-bucket': () => 's3://crosscheck-no-such-bucket-at-all/a.txt',
};

export default scenario({
  title: 'a URI that is none or names nothing is a ValidationError, and nothing is written',
  level: 'must',
  incidents: ['P-06', 'P-07'],
  needs: ['createRevision', 'updateRevision', 'listPackages', 'listRevisions'],
  requires: ['unknown-bucket'],
  axes: { uri: Object.keys(uris) },
  async run({ ops, world, at, attempt }) {
    const name = world.packageName();
    const [good = ''] = await world.objects({ 'a.txt': 'a' });
    const bad = uris[at['uri'] ?? '']?.(world.bucket(), world.keyOf) ?? '';
    await attempt(ops.createRevision({ name, uris: [good, bad], message: 'm' }));
    await ops.listPackages({ prefix: world.packageName('') });
    await ops.createRevision({ name, uris: [good], message: 'm' });
    await attempt(ops.updateRevision({ name, uris: [bad], message: 'm' }));
    await ops.listRevisions({ name });
  },
});
