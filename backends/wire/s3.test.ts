import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { GetObjectCommand, HeadObjectCommand, ListObjectsV2Command, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { describe, expect, test } from 'vitest';
import type { QuiltError } from '../errors.ts';
import { openDoor } from './open-door.ts';
import { createS3, presign } from './s3.ts';
import { toS3QuiltError } from './s3-errors.ts';
import { rawServer, scriptedServer } from './scripted-server.ts';
import type { AwsKeys } from './sdk.ts';

const keys: AwsKeys = { accessKeyId: 'AKIACANARY', secretAccessKey: 'canary-secret-key', sessionToken: 'canary-session-token' };
const list = new ListObjectsV2Command({ Bucket: 'b' });
const emptyList = '<?xml version="1.0"?><ListBucketResult><KeyCount>0</KeyCount></ListBucketResult>';

function clientOf(origin: string, credentials = async () => keys, deadlineMs = 2000) {
  const door = openDoor({ origins: [origin], writes: 'namespace', deadlineMs, bodyLimit: 100_000 }, null);
  return { door, client: createS3(door, { endpoint: origin, region: 'us-east-1', credentials }) };
}

async function failed(
  script: (response: ServerResponse) => void,
  call: (client: S3Client) => Promise<unknown> = (client) => client.send(list),
): Promise<QuiltError> {
  await using server = await scriptedServer((_, response) => script(response));
  const { door, client } = clientOf(server.origin);
  await using _ = door;
  return await call(client).then(
    () => Promise.reject(new Error('S3: expected a failure, got an answer')),
    (error: unknown) => toS3QuiltError('browse', error, { bucket: 'b' }),
  );
}

describe('createS3', () => {
  test('goes through the door, signed, path-style, named, and without a secret in the record', async () => {
    await using server = await scriptedServer((_, response) => response.end(emptyList));
    const { door, client } = clientOf(server.origin);
    await using _ = door;
    await door.during('listPackages', () => client.send(new ListObjectsV2Command({ Bucket: 'b', Prefix: 'a b+c' })));
    expect(server.seen[0]?.line).toBe('GET /b/?list-type=2&prefix=a%20b%2Bc');
    expect(server.seen[0]?.headers).toMatchObject({
      authorization: expect.stringContaining('AWS4-HMAC-SHA256 Credential=AKIACANARY/'),
      'x-amz-security-token': 'canary-session-token',
    });
    expect(door.exchanges).toMatchObject([
      { protocol: 's3', operation: 'ListObjectsV2', cause: 'listPackages', response: { status: 200, body: emptyList } },
    ]);
    expect(JSON.stringify(door.exchanges)).not.toContain('canary');
  });

  test('asks for keys anew for each request', async () => {
    await using server = await scriptedServer((_, response) => response.end(emptyList));
    let asked = 0;
    const { door, client } = clientOf(server.origin, async () => ({ ...keys, accessKeyId: `AKIACANARY${++asked}` }));
    await using _ = door;
    await client.send(list);
    await client.send(list);
    const [first, second] = server.seen.map((one) => Number(/Credential=AKIACANARY(\d+)/.exec(one.headers.authorization ?? '')?.[1]));
    expect(first).toBeGreaterThan(0);
    expect(second).toBeGreaterThan(first ?? Number.NaN);
  });

  test('streams large bodies in and out, past the limit of the door', async () => {
    const size = 4 * 1024 * 1024;
    const hashes: string[] = [];
    await using server = await scriptedServer((request, response) => {
      if (request.method === 'GET') return response.end(Buffer.alloc(size, 'z'));
      hashes.push(createHash('sha256').update(request.text.replace(/\r\n/g, '')).digest('hex'));
      return response.end();
    });
    const { door, client } = clientOf(server.origin);
    await using _ = door;
    const chunks = Array.from({ length: size / 65_536 }, () => Buffer.alloc(65_536, 'z'));
    await client.send(
      new PutObjectCommand({ Bucket: 'b', Key: 'k', Body: Readable.from(chunks, { objectMode: false }), ContentLength: size }),
    );
    const got = await client.send(new GetObjectCommand({ Bucket: 'b', Key: 'k' }));
    expect((await got.Body?.transformToByteArray())?.length).toBe(size);
    expect(hashes).toHaveLength(1);
    expect(door.exchanges.map((one) => [one.operation, one.request.bytes > size || one.response?.bytes === size])).toEqual([
      ['PutObject', true],
      ['GetObject', true],
    ]);
  });

  test('P-26: throttling is sent again by the door’s rule, and nothing by the SDK’s', async () => {
    const counts: number[] = [];
    for (const [status, code] of [
      [503, 'SlowDown'],
      [500, 'InternalError'],
      [503, 'ServiceUnavailable'],
    ] as const) {
      await using server = await scriptedServer((_, response) =>
        response.writeHead(status, { 'retry-after': '0' }).end(`<Error><Code>${code}</Code></Error>`),
      );
      const { door, client } = clientOf(server.origin);
      await using _ = door;
      await client.send(new PutObjectCommand({ Bucket: 'b', Key: 'k', Body: 'x' })).catch(() => undefined);
      counts.push(server.seen.length);
    }
    expect(counts).toEqual([3, 1, 1]);
  });

  test('presigns without a request, for the time that is asked', async () => {
    const { door, client } = clientOf('http://127.0.0.1:1');
    await using _ = door;
    const url = new URL(await presign(client, { bucket: 'b', key: 'a b/ü', versionId: 'v1', expiresIn: 60 }));
    expect(url.pathname).toBe('/b/a%20b/%C3%BC');
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      versionId: 'v1',
      'X-Amz-Expires': '60',
      'X-Amz-Signature': expect.any(String),
    });
    expect(door.exchanges).toEqual([]);
  });
});

describe('toS3QuiltError', () => {
  test.each([
    [403, 'AccessDenied', 'PermissionError'],
    [400, 'ExpiredToken', 'AuthenticationError'],
    [403, 'InvalidAccessKeyId', 'AuthenticationError'],
    [403, 'SignatureDoesNotMatch', 'AuthenticationError'],
    [400, 'InvalidToken', 'AuthenticationError'],
    [404, 'NoSuchKey', 'NotFoundError'],
    [404, 'NoSuchBucket', 'NotFoundError'],
    [404, 'NoSuchVersion', 'NotFoundError'],
    [412, 'PreconditionFailed', 'ConflictError'],
    [409, 'ConditionalRequestConflict', 'ConflictError'],
    [500, 'InternalError', 'BackendError'],
    [503, 'SlowDown', 'BackendError'],
    [400, 'InvalidArgument', 'BackendError'],
    [404, 'NoSuchThingAtAll', 'BackendError'],
  ])('%i %s is %s', async (status, code, name) => {
    const error = await failed((response) =>
      response.writeHead(status, { 'retry-after': '0' }).end(`<Error><Code>${code}</Code><Message>said so</Message></Error>`),
    );
    expect(error).toMatchObject({ name, operation: 'browse', detail: { bucket: 'b', code, text: 'said so' } });
  });

  // A 404 without a code may as well be a proxy's; whoever sends a HEAD knows what it means there.
  test.each([
    [404, 'BackendError'],
    [403, 'PermissionError'],
    [412, 'ConflictError'],
    [400, 'BackendError'],
    [500, 'BackendError'],
  ])('a HEAD answered %i is %s', async (status, name) => {
    const error = await failed(
      (response) => response.writeHead(status).end(),
      (client) => client.send(new HeadObjectCommand({ Bucket: 'b', Key: 'k' })),
    );
    expect(error).toMatchObject({ name, detail: { bucket: 'b', code: String(status) } });
  });

  test('an answer that is no XML, a body that is not what its checksum says', async () => {
    for (const body of ['<html>sign in', 'garbage', '{"a":1}', '<ListBucketResult><Key>']) {
      expect(await failed((response) => response.end(body))).toMatchObject({ name: 'BackendError', detail: { code: 'broken-body' } });
    }
    expect(await failed((response) => response.writeHead(502).end('<html>bad gateway'))).toMatchObject({
      name: 'BackendError',
      detail: { code: '502' },
    });
    const read = async (client: S3Client) => (await client.send(new GetObjectCommand({ Bucket: 'b', Key: 'k' }))).Body?.transformToString();
    expect(await failed((response) => response.writeHead(200, { 'x-amz-checksum-crc32': 'AAAAAA==' }).end('other'), read)).toMatchObject({
      name: 'BackendError',
      detail: { code: 'broken-body' },
    });
  });

  test('each way of getting no whole answer', async () => {
    const failing = async (origin: string) => {
      const { door, client } = clientOf(origin, async () => keys, 60);
      await using _ = door;
      return await client.send(list).catch((error: unknown) => toS3QuiltError('browse', error).detail.code);
    };
    await using silent = await rawServer(() => undefined);
    expect(await failing(silent.origin)).toBe('timeout');
    await using reset = await rawServer((socket) => socket.on('data', () => socket.resetAndDestroy()));
    expect(await failing(reset.origin)).toBe('reset');
    await using half = await rawServer((socket) =>
      socket.on('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n<List')),
    );
    expect(await failing(half.origin)).toBe('reset');
  });

  test('what is no failure of S3 is thrown on', () => {
    expect(() => toS3QuiltError('browse', new TypeError('a mistake'))).toThrow('a mistake');
  });
});
