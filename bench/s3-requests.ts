/** Requests a second of the embedded S3, beside versitygw in the same run where it can be had. */
import {
  CreateBucketCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { Endpoint } from '../fixtures/embedded/s3/referee/endpoint.ts';
import { startVersitygw } from '../fixtures/embedded/s3/referee/start-versitygw.ts';
import { startEmbeddedChild } from '../fixtures/embedded-child.ts';
import { type Figure, figure } from './figure.ts';
import { type Load, measureLoads } from './throughput.ts';

const BODY = 'x,y\n1,2\n'.repeat(128);
const LISTED = 100;
/** Signed URLs are made ahead, so that the server's work is measured and not the signer's. */
const KEYS = 50;
const KINDS = [
  ['GET', 'GET of 1 KiB'],
  ['PUT', 'PUT of 1 KiB'],
  ['list', `list of ${LISTED} keys`],
] as const;

/** Figures of small GET, small PUT and a list in a versioned bucket. */
export async function measureS3(): Promise<readonly Figure[]> {
  await using stack = new AsyncDisposableStack();
  const { line } = stack.use(await startEmbeddedChild());
  const ours = await loadsOf('ours', { ...line, url: line.s3Endpoint }, line.bucket);
  const gateway = await startVersitygw().then(
    (started) => stack.use(started),
    (error: Error) => error,
  );
  const theirs = gateway instanceof Error ? [] : await loadsOf('versitygw', gateway, await makeBucket(gateway));
  const rates = await measureLoads([...ours, ...theirs]);
  const missing = gateway instanceof Error ? `; versitygw could not be had: ${gateway.message.split('\n')[0]}` : '';
  return KINDS.map(([kind, what]) => {
    const peer = rates.get(`versitygw ${kind}`);
    return figure(`S3, ${what}`, rates.get(`ours ${kind}`) ?? Number.NaN, '/s', `16 at a time, versioned bucket${missing}`, {
      peer: peer === undefined ? null : { name: 'versitygw', value: peer },
    });
  });
}

const clientOf = ({ url, region, accessKeyId, secretAccessKey }: Endpoint) =>
  new S3Client({
    endpoint: url,
    region,
    forcePathStyle: true,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    credentials: { accessKeyId, secretAccessKey },
  });

async function makeBucket(endpoint: Endpoint): Promise<string> {
  const client = clientOf(endpoint);
  const Bucket = 'bench';
  await client.send(new CreateBucketCommand({ Bucket }));
  await client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
  client.destroy();
  return Bucket;
}

async function loadsOf(name: string, endpoint: Endpoint, Bucket: string): Promise<readonly Load[]> {
  const client = clientOf(endpoint);
  for (let n = 0; n < LISTED; n++) await client.send(new PutObjectCommand({ Bucket, Key: `listed/${n}.csv`, Body: BODY }));
  const life = { expiresIn: 3600 };
  const indexes = Array.from({ length: KEYS }, (_, n) => n);
  const gets = await Promise.all(indexes.map((n) => getSignedUrl(client, new GetObjectCommand({ Bucket, Key: `listed/${n}.csv` }), life)));
  const puts = await Promise.all(indexes.map((n) => getSignedUrl(client, new PutObjectCommand({ Bucket, Key: `put/${n}.csv` }), life)));
  const list = await getSignedUrl(client, new ListObjectsV2Command({ Bucket, Prefix: 'listed/' }), life);
  client.destroy();
  return [
    { name: `${name} GET`, ask: (n) => ({ method: 'GET', url: gets[n % KEYS] ?? '' }), isDue: (body) => body === BODY },
    { name: `${name} PUT`, ask: (n) => ({ method: 'PUT', url: puts[n % KEYS] ?? '', body: BODY }), isDue: (body) => body === '' },
    {
      name: `${name} list`,
      ask: () => ({ method: 'GET', url: list }),
      isDue: (body) => body.includes(`<KeyCount>${LISTED}</KeyCount>`),
    },
  ];
}
