/** The browser on servers that behave, and on those that do not. */
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { openBrowser } from './browser.ts';
import { openDoor } from './open-door.ts';

const open: AsyncDisposable[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one[Symbol.asyncDispose]();
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push({
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function browse(origins: readonly string[], deadlineMs = 2_000) {
  const door = openDoor({ origins, writes: 'never', deadlineMs, bodyLimit: 64 * 1024 * 1024 }, null);
  open.push(door);
  return { door, browser: openBrowser(door) };
}

describe('cookies', () => {
  test('are kept and sent as a browser does: Secure on loopback, Path, and those that are taken away', async () => {
    const url = await serve((request, response) => {
      const cookies =
        request.url === '/set'
          ? ['one=1; Path=/; Secure; HttpOnly', 'two=2; Path=/deep', 'three=3; Path=/; Expires=Wed, 01 Jan 2031 00:00:00 GMT']
          : request.url === '/unset'
            ? ['three=; Path=/; Max-Age=0']
            : [];
      response.writeHead(200, cookies.length === 0 ? {} : { 'set-cookie': cookies }).end(request.headers.cookie ?? 'none');
    });
    const { browser } = browse([url]);
    const { last } = await browser.visit(`${url}/set`);
    expect(last.setCookies).toEqual([
      'one=1; Path=/; Secure; HttpOnly',
      'two=2; Path=/deep',
      'three=3; Path=/; Expires=Wed, 01 Jan 2031 00:00:00 GMT',
    ]);
    expect((await browser.visit(`${url}/`)).last.text).toBe('one=1; three=3');
    expect((await browser.visit(`${url}/deep`)).last.text).toBe('two=2; one=1; three=3');
    await browser.visit(`${url}/unset`);
    expect((await browser.clone().visit(`${url}/`)).last.text).toBe('one=1');
    expect((await browser.visit(`${url}/`, { credentials: false })).last.text).toBe('none');
  });

  test('with SameSite=Strict stay at home when another site leads back, and Lax ones go along', async () => {
    const app = await serve((request, response) => {
      if (request.url === '/begin')
        response
          .writeHead(303, {
            location: `${provider}/auth`,
            'set-cookie': ['strict=1; Path=/; SameSite=Strict', 'lax=1; Path=/; SameSite=Lax'],
          })
          .end();
      else response.end(request.headers.cookie ?? 'none');
    });
    const provider = await serve((_request, response) => response.writeHead(302, { location: `${app}/callback` }).end());
    const { browser } = browse([app, provider]);
    expect((await browser.visit(`${app}/begin`)).last.text).toBe('lax=1');
    expect((await browser.visit(`${app}/callback`)).last.text).toBe('strict=1; lax=1');
    expect((await browser.visit(`${app}/callback`, { from: 'another-site' })).last.text).toBe('lax=1');
  });
});

describe('redirects', () => {
  test('end at an origin that the door does not allow, which is named and not asked', async () => {
    const url = await serve((_request, response) => response.writeHead(302, { location: '/\\evil.example/?code=a-secret-code-1' }).end());
    const { browser, door } = browse([url]);
    const visit = await browser.visit(url);
    expect(visit.stoppedAt).toBe('http://evil.example/?code=a-secret-code-1');
    expect(door.exchanges).toHaveLength(1);
    expect(JSON.stringify(door.exchanges)).not.toContain('a-secret-code-1');
  });

  test('that never end are an error after 20, in a moment', async () => {
    let count = 0;
    const url = await serve((_request, response) => response.writeHead(302, { location: `/again/${count++}` }).end());
    await expect(browse([url]).browser.visit(url)).rejects.toThrow(/expected an end after at most 20 redirects, got one more to/);
    expect(count).toBe(21);
  });

  test('a Location that is no URL ends the visit with its text', async () => {
    const url = await serve((_request, response) => response.writeHead(302, { location: 'http://[' }).end());
    expect((await browse([url]).browser.visit(url)).stoppedAt).toBe('http://[');
  });
});

describe('a server that misbehaves', () => {
  test('100 MB: given up after the 4 MB that a page may have', async () => {
    const url = await serve((_request, response) => {
      response.writeHead(200);
      const part = Buffer.alloc(1024 * 1024);
      let left = 100;
      const more = () => {
        while (left-- > 0) if (!response.write(part)) return void response.once('drain', more);
        response.end();
      };
      more();
    });
    await expect(browse([url]).browser.visit(url)).rejects.toThrow('over 4194304 bytes');
  });

  test('no answer: given up at the deadline of the door', async () => {
    const url = await serve(() => undefined);
    await expect(browse([url], 300).browser.visit(url)).rejects.toThrow(/300 ms/);
  });

  test('garbage for HTTP, and nobody there, are errors that say so', async () => {
    const url = await serve((request) => request.socket.end('GARBAGE\r\n\r\n'));
    await expect(browse([url]).browser.visit(url)).rejects.toThrow(/HTTP/);
    await expect(browse(['http://127.0.0.1:9']).browser.visit('http://127.0.0.1:9/')).rejects.toThrow(/ECONNREFUSED|connection/);
  });
});

test('what is of one sign-in alone is in no exchange: cookies, codes, tokens', async () => {
  const url = await serve((request, response) => {
    if (request.url === '/')
      response
        .writeHead(302, { location: '/next?code=canary-code-0001&access_token=canary-token-0001', 'set-cookie': 'sid=canary-cookie-0001' })
        .end();
    else response.end(`you sent ${request.url} and ${request.headers.cookie}`);
  });
  const { browser, door } = browse([url]);
  await browser.visit(`${url}/`);
  const written = JSON.stringify(door.exchanges);
  expect(written).toContain('/next?');
  expect(written).not.toMatch(/canary-/);
});
