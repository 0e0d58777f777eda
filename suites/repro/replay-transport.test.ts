import { describe, expect, test } from 'vitest';
import { openDoor } from '../../backends/wire/open-door.ts';
import type { RecordedSend } from './recording.ts';
import { replayTransport } from './replay-transport.ts';

const S3 = 'http://s3.test';
const sent = (over: Partial<RecordedSend>): RecordedSend => ({
  method: 'GET',
  url: `${S3}/bucket/key`,
  headers: {},
  body: null,
  answer: { status: 200, headers: { etag: 'e' }, body: { text: 'what came' } },
  failure: null,
  ...over,
});

/** A door on a recording, what it missed, and one request through it. */
function replaying(sends: readonly RecordedSend[]) {
  const missing: string[] = [];
  const transport = replayTransport(sends, (what) => void missing.push(what));
  const door = openDoor({ origins: [S3], writes: 'namespace', deadlineMs: 200, bodyLimit: 1000 }, null, { transport });
  const ask = async (path: string, method = 'GET', body?: string) => {
    const request = { protocol: 's3', operation: 'any', method, url: S3 + path, headers: {}, reads: false } as const;
    const { status, headers, body: bytes } = await door.request({ ...request, ...(body === undefined ? {} : { body }) });
    return { status, headers, text: Buffer.from(bytes).toString() };
  };
  return { ask, missing };
}

describe('a recording that answers', () => {
  test('gives status, headers and bytes, whoever signed and whenever', async () => {
    const { ask, missing } = replaying([sent({ url: `${S3}/bucket/key?X-Amz-Date=1&X-Amz-Signature=[redacted]&versionId=v` })]);
    expect(await ask('/bucket/key?versionId=v&X-Amz-Date=2&X-Amz-Signature=another')).toEqual({
      status: 200,
      headers: { etag: 'e' },
      text: 'what came',
    });
    expect(missing).toEqual([]);
  });

  test('gives equal requests their answers in order, and each once', async () => {
    const second = sent({ answer: { status: 404, headers: {}, body: null } });
    const { ask, missing } = replaying([sent({}), second]);
    expect([(await ask('/bucket/key')).status, (await ask('/bucket/key')).status]).toEqual([200, 404]);
    await expect(ask('/bucket/key')).rejects.toThrow('once more');
    expect(missing).toEqual([`GET ${S3}/bucket/key: expected as often as it was recorded, got it once more`]);
  });

  test('names a request that it does not hold, and one with another body', async () => {
    const { ask, missing } = replaying([sent({ method: 'POST', body: { text: '{"operationName":"A"}' } })]);
    await expect(ask('/bucket/other')).rejects.toThrow();
    await expect(ask('/bucket/key', 'POST', '{"operationName":"B"}')).rejects.toThrow();
    expect(missing).toEqual([
      `GET ${S3}/bucket/other: expected a request of the recording, got one that is not in it`,
      `POST ${S3}/bucket/key (GraphQL B): expected a request of the recording, got this one with another body`,
    ]);
  });

  test('names an answer that was too large to keep', async () => {
    const { ask, missing } = replaying([sent({ answer: { status: 200, headers: {}, body: { sha256: 'x', bytes: 9_000_000 } } })]);
    await expect(ask('/bucket/key')).rejects.toThrow('9000000 bytes');
    expect(missing).toHaveLength(1);
  });

  test('fails as it failed: a reset at once, a deadline at its time', async () => {
    const failure = { aborted: false, code: 'ECONNRESET', message: 'read ECONNRESET' };
    const { ask } = replaying([
      sent({ answer: null, failure }),
      sent({ url: `${S3}/late`, answer: null, failure: { ...failure, aborted: true, code: null } }),
    ]);
    await expect(ask('/bucket/key')).rejects.toMatchObject({ failure: 'reset' });
    await expect(ask('/late')).rejects.toMatchObject({ failure: 'timeout' });
  });
});
