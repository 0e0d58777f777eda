import { createServer } from 'node:http';
import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import type { DoorPolicy } from './door.ts';
import { openDoor } from './open-door.ts';
import { failureOf, get, policyFor } from './scripted-request.ts';
import { rawServer, scriptedServer } from './scripted-server.ts';
import { selfSigned } from './self-signed.ts';
import { createTransport } from './transport.ts';

describe('what is allowed', () => {
  test('an origin that the policy does not list is refused before it leaves, loopback or not, and recorded', async () => {
    await using server = await scriptedServer((_, response) => response.end('ok'));
    await using door = openDoor(policyFor('https://catalog.example'), null);
    for (const url of [
      `${server.origin}/x`,
      'https://catalog.example.evil/',
      'https://catalog.example:444/',
      'http://catalog.example/',
      'no url',
    ]) {
      expect((await failureOf(door.request(get(url)))).failure).toBe('refused');
    }
    expect(server.seen).toEqual([]);
    expect(door.exchanges.map(({ response, error }) => [response, error?.includes('expected a request that the target allows')])).toEqual(
      Array(5).fill([null, true]),
    );
  });

  test('under writes: never only what reads leaves', async () => {
    await using server = await scriptedServer((_, response) => response.end('ok'));
    await using door = openDoor(policyFor(server.origin, { writes: 'never' }), null);
    const write = await failureOf(door.request(get(`${server.origin}/`, { method: 'POST', reads: false, operation: 'createRevision' })));
    expect(write.message).toContain('createRevision writes, and the target says writes: never');
    expect((await door.request(get(`${server.origin}/`, { method: 'POST' }))).status).toBe(200);
    expect(server.seen).toHaveLength(1);
  });

  test('redirects are answers, never followed', async () => {
    await using server = await scriptedServer((_, response) => response.writeHead(307, { location: 'http://elsewhere.example/' }).end());
    await using door = openDoor(policyFor(server.origin), null);
    const answer = await door.request(get(`${server.origin}/`));
    expect([answer.status, answer.headers['location']]).toEqual([307, 'http://elsewhere.example/']);
    expect(server.seen).toHaveLength(1);
  });
});

describe('ways to fail', () => {
  const failing = async (origin: string, more: Partial<DoorPolicy> = {}) => {
    await using door = openDoor(policyFor(origin, more), null);
    const error = await failureOf(door.request(get(`${origin}/p`)));
    expect(error.message).toContain(`${origin}/p: expected `);
    expect(door.exchanges).toMatchObject([{ error: error.message, durationMs: expect.any(Number) }]);
    return error.failure;
  };

  test('nobody there', async () => {
    const server = await rawServer(() => undefined);
    await server[Symbol.asyncDispose]();
    expect(await failing(server.origin)).toBe('connect');
    expect(await failing('http://no-such-host.invalid')).toBe('connect');
  });

  test('silence: before the head, and in the body', async () => {
    await using silent = await rawServer(() => undefined);
    expect(await failing(silent.origin, { deadlineMs: 60 })).toBe('timeout');
    await using stalled = await rawServer((socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc'));
    expect(await failing(stalled.origin, { deadlineMs: 60 })).toBe('timeout');
  });

  test('a drip that never ends is over at the deadline too', async () => {
    await using server = await rawServer((socket) => {
      socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n');
      const drip = setInterval(() => socket.write('1\r\na\r\n'), 5);
      socket.on('close', () => clearInterval(drip));
    });
    expect(await failing(server.origin, { deadlineMs: 80 })).toBe('timeout');
  });

  test('an end before the answer, and in the middle of it', async () => {
    await using none = await rawServer((socket) => socket.on('data', () => socket.resetAndDestroy()));
    expect(await failing(none.origin)).toBe('reset');
    await using closed = await rawServer((socket) => socket.on('data', () => socket.end()));
    expect(await failing(closed.origin)).toBe('reset');
    await using half = await rawServer((socket) => socket.on('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc')));
    expect(await failing(half.origin)).toBe('reset');
    await using chunk = await rawServer((socket) =>
      socket.on('data', () => socket.end('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nabc')),
    );
    expect(await failing(chunk.origin)).toBe('reset');
  });

  test('what is no HTTP', async () => {
    await using server = await rawServer((socket) => socket.on('data', () => socket.end('SSH-2.0-OpenSSH_9.2\r\n\r\n')));
    expect(await failing(server.origin)).toBe('not-http');
  });

  test('a body over the limit, said beforehand or not', async () => {
    await using server = await scriptedServer((_, response) => response.end('x'.repeat(5000)));
    expect(await failing(server.origin, { bodyLimit: 4999 })).toBe('too-large');
    await using chunked = await scriptedServer((_, response) => {
      for (let i = 0; i < 50; i++) response.write('x'.repeat(100));
      response.end();
    });
    expect(await failing(chunked.origin, { bodyLimit: 4999 })).toBe('too-large');
    await using door = openDoor(policyFor(server.origin, { bodyLimit: 5000 }), null);
    expect((await door.request(get(`${server.origin}/`))).body).toHaveLength(5000);
  });

  test('a certificate that is not trusted, and one that the policy trusts', async () => {
    const identity = selfSigned('localhost');
    await using server = await scriptedServer((_, response) => response.end('ok'), identity);
    expect(await failing(server.origin)).toBe('tls');
    await using door = openDoor(policyFor(server.origin, { ca: identity.cert }), null);
    expect((await door.request(get(`${server.origin}/`))).status).toBe(200);
    const other = selfSigned('other.example');
    await using wrongName = await scriptedServer((_, response) => response.end('ok'), other);
    expect(await failing(wrongName.origin, { ca: other.cert })).toBe('tls');
    await using plain = await scriptedServer((_, response) => response.end('ok'));
    expect(await failing(plain.origin.replace('http:', 'https:'))).toBe('tls');
  });

  test('given up by the caller', async () => {
    await using server = await rawServer(() => undefined);
    await using door = openDoor(policyFor(server.origin), null);
    const error = await failureOf(door.request(get(`${server.origin}/`, { signal: AbortSignal.timeout(30) })));
    expect([error.failure, error.message.includes('given up by the caller')]).toEqual(['timeout', true]);
    expect((await failureOf(door.request(get(`${server.origin}/`, { signal: AbortSignal.abort() })))).failure).toBe('timeout');
  });
});

describe('proxy', () => {
  async function proxy() {
    const lines: string[] = [];
    const server = createServer((request, response) => {
      lines.push(`${request.method} ${request.url}`);
      response.end('from the proxy');
    });
    server.on('connect', (request, socket, head) => {
      lines.push(`CONNECT ${request.url}`);
      if (request.url?.startsWith('denied')) return socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
      const [host, port] = String(request.url).split(':');
      const onward = connect(Number(port), host, () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        onward.write(head);
        onward.pipe(socket).pipe(onward);
      });
      onward.on('error', () => socket.destroy());
      socket.on('error', () => onward.destroy());
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    return {
      url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`,
      lines,
      async [Symbol.asyncDispose]() {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      },
    };
  }

  test('carries http by its absolute URL and https by a tunnel; NO_PROXY goes past it', async () => {
    await using through = await proxy();
    const identity = selfSigned('localhost');
    await using secure = await scriptedServer((_, response) => response.end('secure'), identity);
    await using open = await scriptedServer((_, response) => response.end('direct'));
    const settings = { httpProxy: through.url, httpsProxy: through.url, noProxy: open.origin.slice('http://'.length), ca: identity.cert };
    await using transport = createTransport(settings);
    await using door = openDoor(
      { ...policyFor('http://registry.example'), origins: ['http://registry.example', secure.origin, open.origin] },
      null,
      { transport },
    );
    const text = async (url: string) => Buffer.from((await door.request(get(url))).body).toString();
    expect(await text('http://registry.example/a')).toBe('from the proxy');
    expect(await text(`${secure.origin}/`)).toBe('secure');
    expect(await text(`${open.origin}/`)).toBe('direct');
    expect(through.lines).toEqual(['GET http://registry.example/a', `CONNECT ${secure.origin.slice('https://'.length)}`]);
  });

  test('a proxy that is not there, or will not, is the proxy’s failure', async () => {
    await using door = openDoor(policyFor('http://registry.example', { proxy: 'http://127.0.0.1:1' }), null);
    expect((await failureOf(door.request(get('http://registry.example/')))).failure).toBe('proxy');
    await using through = await proxy();
    await using denied = openDoor(policyFor('https://denied.example', { proxy: through.url }), null);
    expect((await failureOf(denied.request(get('https://denied.example/')))).failure).toBe('proxy');
  });
});

describe('retries (P-26)', () => {
  const times = (script: readonly [number, Record<string, string>?, string?][]) => {
    let count = 0;
    return scriptedServer((_, response) => {
      const [status, headers = {}, body = ''] = script[Math.min(count++, script.length - 1)] ?? [500];
      response.writeHead(status, headers).end(body);
    });
  };

  test('a throttled write is sent again, each sending an exchange of its own', async () => {
    await using server = await times([
      [429, { 'retry-after': '0' }],
      [503, {}, '<Error><Code>SlowDown</Code></Error>'],
      [200, {}, 'ok'],
    ]);
    await using door = openDoor(policyFor(server.origin), null);
    const write = get(`${server.origin}/`, { method: 'POST', reads: false, body: 'a body' });
    expect(await door.request(write)).toMatchObject({ status: 200, exchange: 3 });
    expect(server.seen.map((one) => one.body)).toEqual(['a body', 'a body', 'a body']);
    expect(door.exchanges.map(({ id, retryOf, response }) => [id, retryOf, response?.status])).toEqual([
      [1, null, 429],
      [2, 1, 503],
      [3, 1, 200],
    ]);
  });

  test('after two retries the answer is given as it is', async () => {
    await using server = await times([[429, { 'retry-after': '0' }, 'slow']]);
    await using door = openDoor(policyFor(server.origin), null);
    const answer = await door.request(get(`${server.origin}/`));
    expect([answer.status, Buffer.from(answer.body).toString(), server.seen.length]).toEqual([429, 'slow', 3]);
  });

  test('no wait goes past the deadline', async () => {
    await using server = await times([[429, { 'retry-after': '1' }]]);
    await using door = openDoor(policyFor(server.origin, { deadlineMs: 500 }), null);
    expect((await door.request(get(`${server.origin}/`))).status).toBe(429);
    expect(server.seen).toHaveLength(1);
  });

  test('nothing else is sent twice', async () => {
    for (const status of [500, 502, 503, 504, 401, 408, 409]) {
      await using server = await times([[status]]);
      await using door = openDoor(policyFor(server.origin), null);
      await door.request(get(`${server.origin}/`));
      expect([status, server.seen.length]).toEqual([status, 1]);
    }
    let connections = 0;
    await using reset = await rawServer((socket) => {
      connections++;
      socket.on('data', () => socket.resetAndDestroy());
    });
    await using door = openDoor(policyFor(reset.origin, { deadlineMs: 500 }), null);
    await failureOf(door.request(get(`${reset.origin}/`)));
    expect(connections).toBe(1);
  });
});
