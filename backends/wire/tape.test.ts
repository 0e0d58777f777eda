import { expect, test } from 'vitest';
import { openDoor } from './open-door.ts';
import { rawServer, scriptedServer } from './scripted-server.ts';
import { recordTransport, type TapedSend } from './tape.ts';
import { createTransport } from './transport.ts';

/** One request through a recording door, and its tape. */
async function taped(origin: string, body?: string | AsyncIterable<Uint8Array>, deadlineMs = 2_000): Promise<TapedSend | undefined> {
  const tape: TapedSend[] = [];
  await using transport = recordTransport(createTransport(), tape);
  await using door = openDoor({ origins: [origin], writes: 'namespace', deadlineMs, bodyLimit: 1_000_000 }, null, { transport });
  const request = {
    protocol: 'rest',
    operation: 'any',
    method: body === undefined ? 'GET' : 'PUT',
    url: `${origin}/a?b=1`,
    headers: { 'x-a': '1' },
    reads: false,
  } as const;
  await door.request({ ...request, ...(body === undefined ? {} : { body }) }).catch(() => undefined);
  return tape[0];
}

test('keeps bytes, status and headers of both ways, of a streamed body too', async () => {
  await using server = await scriptedServer((_, response) => response.writeHead(201, { 'x-b': '2' }).end(Buffer.from([0, 1, 255])));
  const streamed = async function* () {
    yield Buffer.from('one');
    yield Buffer.from('two');
  };
  for (const body of ['onetwo', streamed()]) {
    const send = await taped(server.origin, body);
    expect([send?.method, send?.url, send?.headers['x-a'], send?.body?.toString()]).toEqual([
      'PUT',
      `${server.origin}/a?b=1`,
      '1',
      'onetwo',
    ]);
    expect([send?.answer?.status, send?.answer?.headers['x-b'], [...(send?.answer?.body ?? [])], send?.failure]).toEqual([
      201,
      '2',
      [0, 1, 255],
      null,
    ]);
  }
});

test('keeps what came before a body broke off, and why it did', async () => {
  await using server = await rawServer((socket) => {
    socket.once('data', () => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf', () => socket.destroy()));
  });
  const send = await taped(server.origin);
  expect([send?.answer?.status, send?.answer?.body.toString(), send?.failure?.aborted]).toEqual([200, 'half', false]);
});

test('tells a request that was given up from one that failed', async () => {
  await using server = await rawServer(() => undefined);
  expect((await taped(server.origin, undefined, 100))?.failure).toMatchObject({ aborted: true });
});
