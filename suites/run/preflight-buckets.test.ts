import { PutBucketVersioningCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Door } from '../../backends/wire/door.ts';
import { createS3 } from '../../backends/wire/s3.ts';
import { type EmbeddedChild, startEmbeddedChild } from '../../fixtures/embedded-child.ts';
import { type PlatformTarget, targetOfLine } from '../../fixtures/target.ts';
import { openDoorForRemoval } from './contract-of.ts';
import { askBucketsForWriting } from './preflight-buckets.ts';

let child: EmbeddedChild;
let target: PlatformTarget;
let door: Door;
let s3: S3Client;
beforeAll(async () => {
  child = await startEmbeddedChild();
  target = targetOfLine(child.line);
  door = openDoorForRemoval(target);
  const { s3Endpoint: endpoint, region, accessKeyId, secretAccessKey } = child.line;
  s3 = createS3(door, { endpoint, region, credentials: async () => ({ accessKeyId, secretAccessKey }) });
});
afterAll(async () => {
  await door[Symbol.asyncDispose]();
  await child[Symbol.asyncDispose]();
});

test('a bucket with versions and without a workflow configuration will do; of any other every reason is told with its name', async () => {
  const [Bucket = ''] = target.buckets;
  await askBucketsForWriting(door, target);
  await s3.send(new PutObjectCommand({ Bucket, Key: '.quilt/workflows/config.yml', Body: 'version: "1"' }));
  await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Suspended' } }));
  const asked = askBucketsForWriting(door, { ...target, buckets: [Bucket, 'no-such-bucket-here'] });
  await expect(asked).rejects.toThrow(`s3.buckets: ${Bucket}: expected versioning, since scenarios write there, got versioning Suspended`);
  await expect(asked).rejects.toThrow(`s3.buckets: ${Bucket}: expected no .quilt/workflows/config.yml`);
  await expect(asked).rejects.toThrow('s3.buckets: no-such-bucket-here: expected versioning');
});
