import { setTimeout as after } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { WireRequest } from './door.ts';
import { openDoor } from './open-door.ts';
import { failureOf, get, policyFor } from './scripted-request.ts';
import { rawServer, scriptedServer } from './scripted-server.ts';

describe('records', () => {
  test('name the operation that caused them, also when two run at once', async () => {
    await using server = await scriptedServer(
      (request, response) => void after(request.url === '/a' ? 20 : 1).then(() => response.end('ok')),
    );
    await using door = openDoor(policyFor(server.origin), null);
    const ask = (name: string, path: string) => door.during(name, () => door.request(get(`${server.origin}${path}`)));
    await Promise.all([ask('browse', '/a'), ask('admin.users.list', '/b'), door.request(get(`${server.origin}/c`))]);
    expect(Object.fromEntries(door.exchanges.map((one) => [new URL(one.request.url).pathname, one.cause]))).toEqual({
      '/a': 'browse',
      '/b': 'admin.users.list',
      '/c': null,
    });
  });

  test('hold no secret: header, cookie, query, body, error, known by name or by value, learnt late or early', async () => {
    const canaries = ['canary-token-1', 'canary/pass+word"2', 'canary-session-3', 'canary-late-4', 'canary-cookie-5'];
    const [token = '', password = '', session = '', late = '', cookie = ''] = canaries;
    await using server = await scriptedServer((_, response) => {
      response.writeHead(200, {
        'content-type': 'application/json',
        'set-cookie': [`a=${cookie}`, 'b=2'],
        'x-echo': encodeURIComponent(password),
      });
      response.end(
        JSON.stringify({
          echo: { deep: JSON.stringify({ pass: password, late }) },
          sessionToken: session,
          basic: Buffer.from(`u:${password}`).toString('base64'),
        }),
      );
    });
    await using door = openDoor(policyFor(server.origin), null, { secrets: [token] });
    door.learnSecret(password);
    const url = `${server.origin}/p?X-Amz-Security-Token=${session}&q=${encodeURIComponent(password)}`;
    const headers = { authorization: `Bearer ${token}`, cookie: `s=${cookie}`, 'x-amz-security-token': session };
    await door.request(get(url, { method: 'POST', headers, body: JSON.stringify({ password, nested: `{"t":"${token}"}` }) }));
    await failureOf(door.request(get(`http://other.example/?q=${encodeURIComponent(password)}`)));
    expect(JSON.stringify(door.exchanges)).toContain(late);
    door.learnSecret(late);
    const written = JSON.stringify(door.exchanges);
    for (const canary of [...canaries, encodeURIComponent(password), JSON.stringify(password).slice(1, -1)])
      expect(written).not.toContain(canary);
    expect(door.exchanges[0]?.request.headers['authorization']).toBe('Bearer [redacted]');
    expect(JSON.parse(door.exchanges[0]?.response?.body ?? '')).toMatchObject({
      echo: { deep: '{"pass":"[redacted]","late":"[redacted]"}' },
    });
  });

  test('keep 64 KiB of a body and its whole size; a secret across the cut is not half kept', async () => {
    const canary = 'canary-across-the-cut-0123456789';
    const at = 64 * 1024 - 5;
    await using server = await scriptedServer((_, response) => response.end(`${'x'.repeat(at)}${canary}${'y'.repeat(200_000)}`));
    await using door = openDoor(policyFor(server.origin), null, { secrets: [canary] });
    await door.request(get(`${server.origin}/`));
    const body = door.exchanges[0]?.response;
    expect(body?.bytes).toBe(at + canary.length + 200_000);
    expect(body?.body?.length).toBeLessThanOrEqual(64 * 1024);
    expect(body?.body).not.toContain('canar');
    expect(body?.body).toContain('xxxxx');
  });

  test('what was cut off is not half kept either where redaction made the rest short', async () => {
    const canary = `canary-${'0123456789'.repeat(30)}`;
    await using server = await scriptedServer((_, response) => response.end(canary.repeat(400)));
    await using door = openDoor(policyFor(server.origin), null, { secrets: [canary] });
    await door.request(get(`${server.origin}/`));
    expect(door.exchanges[0]?.response?.body ?? '').not.toContain('canary');
  });

  test('say null of bytes that are no text', async () => {
    await using server = await scriptedServer((_, response) => response.end(Buffer.from([0, 255, 254, 1])));
    await using door = openDoor(policyFor(server.origin), null);
    await door.request(get(`${server.origin}/`));
    expect(door.exchanges[0]?.response).toMatchObject({ body: null, bytes: 4 });
  });

  test('come with what the judge says, redacted, answer or none', async () => {
    await using server = await scriptedServer((_, response) => response.end('ok'));
    await using door = openDoor(policyFor(server.origin), null, { secrets: ['canary-finding'] });
    const finding = { rule: 'r', severity: 'error', subject: 'response', path: null, line: null, column: null } as const;
    const judge: WireRequest['judge'] = (answer) => [{ ...finding, message: `${answer?.status ?? 'none'} canary-finding` }];
    await door.request(get(`${server.origin}/`, { judge }));
    await failureOf(door.request(get('http://other.example/', { judge })));
    expect(door.exchanges.map((one) => one.findings[0]?.message)).toEqual(['200 [redacted]', 'none [redacted]']);
  });
});

describe('streams', () => {
  test('carry large bodies both ways and record their sizes', async () => {
    const size = 3 * 1024 * 1024;
    await using server = await scriptedServer((request, response) => response.end(Buffer.alloc(request.text.length, 'b')));
    await using door = openDoor(policyFor(server.origin, { bodyLimit: 1000 }), null);
    async function* up() {
      for (let sent = 0; sent < size; sent += 65_536) yield Buffer.alloc(65_536, 'a');
    }
    const answer = await door.stream(get(`${server.origin}/`, { method: 'PUT', reads: false, body: up() }));
    let bytes = 0;
    for await (const chunk of answer.body) bytes += chunk.length;
    expect(bytes).toBe(size);
    expect(door.exchanges).toMatchObject([{ request: { bytes: size }, response: { bytes: size }, error: null }]);
    expect(door.exchanges[0]?.response?.body?.length).toBeLessThanOrEqual(64 * 1024);
  });

  test('a body that breaks off is a reset for its reader, and one that the reader leaves is recorded as such', async () => {
    await using half = await rawServer((socket) => socket.on('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc')));
    await using door = openDoor(policyFor(half.origin), null);
    const read = async () => {
      const { body } = await door.stream(get(`${half.origin}/`));
      for await (const _ of body);
    };
    expect((await failureOf(read())).failure).toBe('reset');
    await using server = await scriptedServer((_, response) => response.end(Buffer.alloc(1_000_000)));
    await using other = openDoor(policyFor(server.origin), null);
    for await (const _ of (await other.stream(get(`${server.origin}/`))).body) break;
    expect(other.exchanges[0]?.error).toBe('the reader stopped before the end of the body');
    expect(door.exchanges[0]?.response).toMatchObject({ status: 200, bytes: 3 });
  });
});
