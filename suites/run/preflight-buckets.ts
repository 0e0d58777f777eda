/** What a bucket of a deployment must be for cases to write in it. The oracle foretells versions of objects and top hashes by it. */
import { GetBucketVersioningCommand, GetObjectCommand, S3ServiceException } from '@aws-sdk/client-s3';
import type { Door } from '../../backends/wire/door.ts';
import { createS3 } from '../../backends/wire/s3.ts';
import type { PlatformTarget } from '../../fixtures/target.ts';
import { PreflightError } from './contract-of.ts';

const WORKFLOWS = '.quilt/workflows/config.yml';

/** Asks every bucket of the target. Throws PreflightError with a line for each thing that is not as it must be. */
export async function askBucketsForWriting(door: Door, target: PlatformTarget): Promise<void> {
  const { accessKeyId, secretAccessKey, s3Endpoint, region, buckets } = target;
  if (accessKeyId === null || secretAccessKey === null) return;
  door.learnSecret(secretAccessKey);
  const credentials = async () => ({ accessKeyId, secretAccessKey });
  const s3 = createS3(door, { ...(s3Endpoint !== null && { endpoint: s3Endpoint }), region, credentials });
  const wrong: string[] = [];
  const ask = async (bucket: string, expected: string, work: () => Promise<string | null>) => {
    const got = await work().catch((error: unknown) => (error instanceof Error ? `${error.name}: ${error.message}` : String(error)));
    if (got !== null) wrong.push(`s3.buckets: ${bucket}: expected ${expected}, since scenarios write there, got ${got}`);
  };
  for (const bucket of buckets) {
    await ask(bucket, 'versioning', async () => {
      const { Status } = await s3.send(new GetBucketVersioningCommand({ Bucket: bucket }));
      return Status === 'Enabled' ? null : `versioning ${Status ?? 'never enabled'}`;
    });
    await ask(bucket, `no ${WORKFLOWS}`, async () => {
      try {
        await s3.send(new GetObjectCommand({ Bucket: bucket, Key: WORKFLOWS, Range: 'bytes=0-0' }));
        return 'one: what it demands would stand in every manifest';
      } catch (error) {
        if (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 404) return null;
        throw error;
      }
    });
  }
  s3.destroy();
  if (wrong.length > 0) throw new PreflightError(wrong.join('\n'));
}
