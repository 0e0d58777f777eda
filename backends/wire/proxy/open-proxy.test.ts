import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { describe, expect, test } from 'vitest';
import { rawServer, scriptedServer } from '../scripted-server.ts';
import { judgedProxy, speakRaw } from './judged-proxy.ts';

const QUERY = JSON.stringify({ query: '{ me { name } }' });
const post = (url: string, body: string | ReadableStream = QUERY, headers: Record<string, string> = {}) =>
  fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
    ...(typeof body === 'string' ? {} : { duplex: 'half' as const }),
  } as RequestInit);

describe('what is forwarded', () => {
  test('the request: method, path, query, headers in their order and spelling, body; without what is about the connection', async () => {
    let heard = '';
    await using server = await rawServer((socket) => {
      socket.on('data', (chunk) => {
        heard += chunk.toString('latin1');
        if (heard.endsWith('{"a":1}')) socket.end('HTTP/1.1 204 No Content\r\n\r\n');
      });
    });
    await using proxy = await judgedProxy(server.origin);
    const said = await speakRaw(
      proxy.url,
      'PATCH /a%2Fb/?x=%20&y HTTP/1.1\r\nHost: me\r\nX-Odd: \xe9\r\nx-TWICE: 1\r\nX-Twice: 2\r\nConnection: close, X-Hop\r\nX-Hop: h\r\nTE: trailers\r\nContent-Length: 7\r\n\r\n{"a":1}',
    );
    expect(said).toMatch(/^HTTP\/1.1 204 No Content\r\n/);
    expect(heard).toBe(
      `PATCH /a%2Fb/?x=%20&y HTTP/1.1\r\nhost: ${new URL(server.origin).host}\r\nconnection: keep-alive\r\nX-Odd: \xe9\r\nx-TWICE: 1\r\nX-Twice: 2\r\ncontent-length: 7\r\n\r\n{"a":1}`,
    );
    expect((await proxy.exchange(1)).request.body).toMatchObject({ bytes: 7, kept: { length: 0 } });
  });

  test('the answer: status, reason, headers in their order and spelling, body; nothing is added but what is about the connection', async () => {
    const headers = 'X-B: \xe9\r\nSet-Cookie: a=1\r\nset-cookie: b=2\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n';
    await using server = await rawServer((socket) =>
      socket.once('data', () => socket.end(`HTTP/1.1 299 Odd\r\n${headers}\r\n\x1f\x8b\x00`, 'latin1')),
    );
    await using proxy = await judgedProxy(server.origin);
    const said = await speakRaw(proxy.url, 'GET /x HTTP/1.1\r\nHost: me\r\nConnection: close\r\n\r\n');
    expect(said).toBe(`HTTP/1.1 299 Odd\r\n${headers}Connection: close\r\n\r\n\x1f\x8b\x00`);
  });

  test('an answer as it comes: the first event is there before the second is sent', async () => {
    let finish = () => {};
    await using server = await scriptedServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write('event: next\ndata: {"data":{"me":null}}\n\n');
      finish = () => response.end('event: complete\ndata:\n\n');
    });
    await using proxy = await judgedProxy(server.origin);
    const reader = (await post(proxy.url)).body?.getReader();
    expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toContain('"me":null');
    finish();
    while (!(await reader?.read())?.done);
    await proxy.exchange(1);
    expect(proxy.clerk.summary()).toMatchObject({ documents: 1, answers: 1, findings: [] });
  });

  test('the head of an answer before its body', async () => {
    let finish = () => {};
    await using server = await scriptedServer((_request, response) => {
      response.writeHead(200, { 'content-length': 2 }).flushHeaders();
      finish = () => response.end('{}');
    });
    await using proxy = await judgedProxy(server.origin);
    const answer = await fetch(`${proxy.url}/other`);
    expect(answer.status).toBe(200);
    finish();
    expect(await answer.text()).toBe('{}');
  });

  test('a request as it comes, also in pieces of no known length', async () => {
    const heard: string[] = [];
    await using server = await rawServer((socket) => {
      socket.on('data', (chunk) => {
        heard.push(chunk.toString());
        if (heard.join('').endsWith('0\r\n\r\n')) socket.end('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n');
      });
    });
    await using proxy = await judgedProxy(server.origin);
    const sending = httpRequest(`${proxy.url}/upload`, { method: 'POST' });
    sending.write('first');
    while (!heard.join('').includes('first')) await new Promise((resolve) => setTimeout(resolve, 5));
    sending.end('second');
    await once(sending, 'response');
    expect(heard.join('')).toContain('6\r\nsecond\r\n0\r\n\r\n');
  });

  test('a change to another protocol, and the bytes after it, both ways', async () => {
    await using server = await rawServer((socket) => {
      socket.once('data', (chunk) => {
        expect(chunk.toString()).toMatch(
          /GET \/graphql HTTP\/1.1\r\n[\s\S]*Sec-WebSocket-Key: k\r\n[\s\S]*Connection: Upgrade\r\nUpgrade: websocket\r\n/,
        );
        socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\nfirst');
        socket.on('data', (more) => socket.end(`echo ${more}`));
      });
    });
    await using proxy = await judgedProxy(server.origin);
    const said = await speakRaw(
      proxy.url,
      'GET /graphql HTTP/1.1\r\nHost: me\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: k\r\n\r\nping',
      'echo ping',
    );
    expect(said).toMatch(/^HTTP\/1.1 101 Switching Protocols\r\n[\s\S]*\r\n\r\nfirstecho ping$/);
    await proxy.exchange(1);
    expect(proxy.clerk.summary().notJudged).toEqual({ 'a socket of another protocol': 1 });
  });

  test('an answer after interim ones, and one to a request that names no host', async () => {
    const interim = 'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n';
    await using server = await rawServer((socket) =>
      socket.once('data', () => socket.end(`${interim}HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok`)),
    );
    await using proxy = await judgedProxy(server.origin);
    expect(await speakRaw(proxy.url, 'GET /x HTTP/1.1\r\nConnection: close\r\n\r\n')).toMatch(/^HTTP\/1.1 200 OK\r\n[\s\S]*\r\n\r\nok$/);
  });

  test('no faster than the client reads', async () => {
    const chunk = Buffer.alloc(1024 * 1024);
    let written = 0;
    await using server = await scriptedServer((_request, response) => {
      const write = () => {
        while (written++ < 200) if (!response.write(chunk)) return void response.once('drain', write);
      };
      write();
    });
    await using proxy = await judgedProxy(server.origin);
    const answer = await fetch(`${proxy.url}/other`);
    // Waited for as long as it grows: what fits between the three of us is some 10 MB.
    for (let before = -1; before !== written; ) {
      before = written;
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
    expect(written).toBeLessThan(100);
    await answer.body?.cancel();
  });

  test('a large body both ways without keeping it: it is counted as not judged', async () => {
    const chunk = Buffer.alloc(1024 * 1024, ' ');
    await using server = await rawServer((socket) => {
      let got = 0;
      socket.on('data', (data) => {
        got += data.length;
        if (got < 48 * chunk.length) return;
        socket.write(`HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${48 * chunk.length}\r\n\r\n`);
        for (let n = 0; n < 48; n++) socket.write(chunk);
        got = Number.NEGATIVE_INFINITY;
      });
    });
    await using proxy = await judgedProxy(server.origin);
    let sent = 0;
    const body = new ReadableStream({ pull: (out) => (sent++ < 48 ? out.enqueue(chunk) : out.close()) });
    const answer = await post(proxy.url, body);
    let got = 0;
    for await (const piece of answer.body ?? []) got += piece.length;
    expect(got).toBe(48 * chunk.length);
    const { request, response } = await proxy.exchange(1);
    expect([request.body.bytes, response?.body.bytes]).toEqual([48 * chunk.length, 48 * chunk.length]);
    expect(request.body.kept.length + (response?.body.kept.length ?? 0)).toBeLessThan(200_000);
    expect(proxy.clerk.summary().notJudged).toEqual({ 'request: too large': 1 });
  });

  test('more bodies at once than there is room for are forwarded and not kept', async () => {
    await using server = await scriptedServer((_request, response) => response.end('{"data":{"me":null}}'));
    await using proxy = await judgedProxy(server.origin, { roomLimit: 60 });
    for (let n = 1; n <= 3; n++) {
      expect(await (await post(proxy.url)).json()).toEqual({ data: { me: null } });
      const { request, response } = await proxy.exchange(n);
      if (n === 2) proxy.done(QUERY.length + request.body.kept.length + (response?.body.kept.length ?? 0));
    }
    expect(proxy.clerk.summary()).toMatchObject({ requests: 3, documents: 2, notJudged: { 'request: too much at once': 1 } });
  });
});

describe('what breaks', () => {
  const broken = async (bytes: string | null) => {
    const server = await rawServer((socket) => socket.once('data', () => (bytes === null ? socket.resetAndDestroy() : socket.end(bytes))));
    const proxy = await judgedProxy(server.origin);
    return Object.assign(proxy, { server });
  };

  test.each([
    ['a reset', null, 'got an end of the connection before it'],
    ['half a head', 'HTTP/1.1 200 OK\r\ncontent-le', 'got an end of the connection before it'],
    ['no HTTP', 'SSH-2.0-OpenSSH\r\n\r\n', 'got something else'],
    ['two lengths', 'HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab', 'expected a whole answer'],
    ['nothing', '', 'got an end of the connection before it'],
  ])('%s is a 502 that says so', async (_what, bytes, says) => {
    await using proxy = await broken(bytes);
    const answer = await post(proxy.url);
    expect(answer.status).toBe(502);
    const { errors } = (await answer.json()) as { errors: { message: string; extensions: object }[] };
    expect(errors[0]?.message).toContain(says);
    expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_GATEWAY' });
    expect((await proxy.exchange(1)).error).toContain(says);
    await proxy.server[Symbol.asyncDispose]();
  });

  test.each([
    ['a body cut short', 'HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"data"'],
    ['chunks cut short', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n7\r\n{"data"\r\n'],
  ])('%s breaks off at the client too', async (_what, bytes) => {
    await using proxy = await broken(bytes);
    const answer = await post(proxy.url);
    await expect(answer.text()).rejects.toThrow();
    expect((await proxy.exchange(1)).error).toContain('got an end of the connection before it');
    expect(proxy.clerk.summary().notJudged).toEqual({ 'answer: broken off': 1 });
    await proxy.server[Symbol.asyncDispose]();
  });

  test('a server that is down is a 502 that names it', async () => {
    await using proxy = await judgedProxy('http://127.0.0.1:9');
    const answer = await post(proxy.url);
    expect([answer.status, await answer.text()]).toEqual([
      502,
      expect.stringContaining('http://127.0.0.1:9: expected a connection, got none'),
    ]);
  });

  test('a client that goes ends the request at the server', async () => {
    const gone = Promise.withResolvers<void>();
    await using server = await rawServer((socket) => {
      socket.once('data', () => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf'));
      socket.once('close', () => gone.resolve());
    });
    await using proxy = await judgedProxy(server.origin);
    const stop = new AbortController();
    const answer = await fetch(`${proxy.url}/graphql`, { method: 'POST', body: QUERY, signal: stop.signal });
    await answer.body?.getReader().read();
    stop.abort();
    await gone.promise;
    expect((await proxy.exchange(1)).error).toBe('the client went before the end of the answer');
  });

  test('a client that goes within its request reaches nobody', async () => {
    await using server = await scriptedServer((_request, response) => response.end());
    await using proxy = await judgedProxy(server.origin);
    const sending = httpRequest(`${proxy.url}/graphql`, { method: 'POST', headers: { 'content-length': 100 } });
    sending.on('error', () => undefined).write('{"query"');
    await new Promise((resolve) => setTimeout(resolve, 50));
    sending.destroy();
    expect((await proxy.exchange(1)).error).toBe('the client went before the end of its request');
    expect(server.seen).toEqual([]);
  });

  test('a request for another server is refused', async () => {
    await using server = await scriptedServer((_request, response) => response.end());
    await using proxy = await judgedProxy(server.origin);
    const said = await speakRaw(proxy.url, 'GET http://elsewhere/x HTTP/1.1\r\nHost: elsewhere\r\nConnection: close\r\n\r\n');
    expect(said).toMatch(/^HTTP\/1.1 400 [\s\S]*expected a path, got http:\/\/elsewhere\/x/);
    expect(server.seen).toEqual([]);
  });
});

test('its end waits a second for exchanges under way, open streams and sockets, and then ends them', async () => {
  const upgraded = Promise.withResolvers<void>();
  await using server = await rawServer((socket) =>
    socket.on('data', (chunk) => {
      const upgrade = chunk.toString().includes('Upgrade');
      // Some bytes both ways later it is a socket at both ends.
      if (chunk.toString() === 'ping') upgraded.resolve();
      socket.write(
        upgrade
          ? 'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n'
          : 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1\r\na\r\n',
      );
    }),
  );
  const proxy = await judgedProxy(server.origin);
  const stream = await fetch(`${proxy.url}/graphql`, { method: 'POST', body: QUERY });
  const socket = speakRaw(proxy.url, 'GET /graphql HTTP/1.1\r\nHost: me\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\nping');
  await upgraded.promise;
  await stream.body?.getReader().read();
  const startedAt = performance.now();
  await proxy[Symbol.asyncDispose]();
  expect(performance.now() - startedAt).toBeLessThan(5_000);
  expect(await socket).toMatch(/^HTTP\/1.1 101/);
  await proxy.exchange(2);
  expect(proxy.clerk.summary().requests).toBe(2);
});
