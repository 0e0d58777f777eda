import { DeleteObjectCommand, ListObjectVersionsCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Door } from '../../backends/wire/door.ts';
import { openDoor } from '../../backends/wire/open-door.ts';
import { createS3 } from '../../backends/wire/s3.ts';
import { type EmbeddedChild, startEmbeddedChild } from '../../fixtures/embedded-child.ts';
import { removeOwn } from './remove-own.ts';

let child: EmbeddedChild;
let door: Door;
let s3: S3Client;
beforeAll(async () => {
  child = await startEmbeddedChild();
  const { s3Endpoint: endpoint, region, accessKeyId, secretAccessKey } = child.line;
  door = openDoor({ origins: [endpoint], writes: 'namespace', deadlineMs: 10_000, bodyLimit: 1024 * 1024 }, null);
  s3 = createS3(door, { endpoint, region, credentials: async () => ({ accessKeyId, secretAccessKey }) });
});
afterAll(async () => {
  await door[Symbol.asyncDispose]();
  await child[Symbol.asyncDispose]();
});

const own = 'xc20261125-071607-869-805985/0123456789';
const hashOf = (digit: string) => digit.repeat(64);
const put = (Key: string, Body: string) => s3.send(new PutObjectCommand({ Bucket: child.line.bucket, Key, Body }));
const keys = async () => {
  const { Versions = [], DeleteMarkers = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket: child.line.bucket }));
  return [...Versions, ...DeleteMarkers].map(({ Key }) => Key).sort();
};

test('every version of what is the case’s own goes, also behind markers, and what is another’s stays', async () => {
  const Bucket = child.line.bucket;
  const foreign = ['.quilt/named_packages/team/data/latest', `.quilt/packages/${hashOf('f')}`, 'a.txt', `${own}9/a.txt`].sort();
  for (const key of foreign) await put(key, key.endsWith('latest') ? hashOf('f') : '{"message":"m"}');

  await put(`${own}/a.txt`, 'a');
  await put(`${own}/a.txt`, 'b');
  await put(`${own}-data/d/uploaded.txt`, 'c');
  await put(`.quilt/packages/${hashOf('1')}`, `{"message":"m [${own}]"}`);
  await put(`.quilt/named_packages/${own}-data/1795591035`, hashOf('1'));
  await put(`.quilt/named_packages/${own}-data/latest`, hashOf('1'));
  await s3.send(new DeleteObjectCommand({ Bucket, Key: `.quilt/named_packages/${own}-data/latest` }));
  // A pointer of ours that names another's manifest does not take it along.
  await put(`.quilt/named_packages/${own}-odd/latest`, hashOf('f'));
  await removeOwn(s3, Bucket, [own]);
  expect(await keys()).toEqual(foreign);
});

test('a manifest that no pointer came to name is found by its hash, and else by looking into those written since', async () => {
  const { bucket } = child.line;
  const before = await keys();
  const write = async () => {
    await put(`.quilt/packages/${hashOf('1')}`, `{"message":null}\n{"logical_key":"${own}/a.txt"}`);
    await put(`.quilt/packages/${hashOf('2')}`, `{"message":"m [${own}]"}`);
  };
  await write();
  await removeOwn(s3, bucket, [own]);
  expect((await keys()).length).toBe(before.length + 2);
  await removeOwn(s3, bucket, [own], { hashes: [hashOf('1'), hashOf('f'), 'none'] });
  expect((await keys()).length).toBe(before.length + 1);
  await removeOwn(s3, bucket, [own], { since: Date.now() });
  expect(await keys()).toEqual(before);
});
