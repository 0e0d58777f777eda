/** P-06: what S3 itself says, for those who ask it. */
import { scenario } from '../case/scenario.ts';

const code = (status: number, name: string) => ({
  status,
  body: `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${name}</Code><Message>${name} it is</Message></Error>`,
});

/** S3's own errors, by the status that AWS gives each. */
const refusals: Readonly<Record<string, { readonly status: number; readonly body: string }>> = {
  'access-denied': code(403, 'AccessDenied'),
  'invalid-access-key-id': code(403, 'InvalidAccessKeyId'),
  'signature-does-not-match': code(403, 'SignatureDoesNotMatch'),
  'expired-token': code(400, 'ExpiredToken'),
  'invalid-token': code(400, 'InvalidToken'),
  'no-such-bucket': code(404, 'NoSuchBucket'),
  'no-code-404': { status: 404, body: '' },
  'no-code-500': { status: 500, body: '' },
  'internal-error': code(500, 'InternalError'),
  'service-unavailable': code(503, 'ServiceUnavailable'),
};

export default scenario({
  title: 'each refusal of S3 is an error of its own class, with its code, its text and the bucket where it is about one',
  level: 'must',
  incidents: ['P-06'],
  needs: ['createRevision', 'listPackages'],
  requires: ['own-bucket', 'control'],
  only: { backends: ['quilt3', 'quilt3-python'], because: 'it never asks S3' },
  axes: { refusal: Object.keys(refusals) },
  async run({ ops, world, at, attempt }) {
    const refusal = refusals[at['refusal'] ?? ''];
    if (refusal === undefined) throw new Error(`refusal: expected one of the table, got ${at['refusal']}`);
    const uris = await world.objects({ 'a.txt': 'a' });
    const answer = { kind: 'respond', ...refusal, headers: { 'content-type': 'application/xml' } } as const;
    await world.fault({ door: 's3', operation: 'ListObjectsV2', answer });
    await attempt(ops.listPackages({}));
    await world.fault({ door: 's3', operation: 'PutObject', answer });
    await attempt(ops.createRevision({ name: world.packageName(), uris, message: 'lost' }));
    await world.repeats();
  },
});
