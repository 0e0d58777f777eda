/** Checks that speak HTTP to what is deployed, on real servers that answer well, wrongly or not at all. */
import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { expect, test } from 'vitest';
import { scriptedServer } from '../../backends/wire/scripted-server.ts';
import { embeddedDeployment, UNSTARTED } from '../../fixtures/embedded-deployment.ts';
import { type Deployment, type Target, targetOfLine } from '../../fixtures/target.ts';
import { deploymentSchema } from '../../fixtures/target-schema.ts';
import { askStack } from './ask-stack.ts';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const target: Target = {
  ...targetOfLine(UNSTARTED),
  ...embeddedDeployment(UNSTARTED),
  secrets: { 'apis.shop.token': 'good-token-of-the-test' },
};

/** Asks one check of what `deployed` says of a server that answers so. */
async function ask(check: string, label: string, answer: Answer, deployed: (origin: string) => object) {
  await using server = await scriptedServer(answer);
  const deployment = deploymentSchema.parse(deployed(server.origin)) as Deployment;
  return await askStack({ ...target, deployment }, check, label);
}

const api = (url: string) => ({
  apis: { shop: { url, token: { env: 'X' }, routes: [{ path: '/invoices' }, { path: '/about', public: true }] } },
});
const guarded: Answer = ({ url, headers }, response) =>
  response.writeHead(url === '/about' || headers.authorization === 'Bearer good-token-of-the-test' ? 200 : 401).end();

test('an API that refuses strangers and takes its token passes', async () => {
  for (const check of ['api-refuses-strangers', 'api-takes-its-token'])
    expect(await ask(check, 'shop', guarded, api)).toMatchObject({ verdict: 'passed' });
});

test('an API that sends strangers to sign in refuses them', async () => {
  const answer: Answer = ({ url }, response) => response.writeHead(url === '/about' ? 200 : 302, { location: '/login' }).end();
  expect(await ask('api-refuses-strangers', 'shop', answer, api)).toMatchObject({ verdict: 'passed' });
});

test('an API that answers strangers, or refuses a good token, fails', async () => {
  const open = await ask('api-refuses-strangers', 'shop', (_request, response) => response.end(), api);
  expect(open).toMatchObject({
    verdict: 'failed',
    message: expect.stringContaining('GET /invoices without a token: expected 401 or 403, got 200'),
  });
  const shut = await ask(
    'api-takes-its-token',
    'shop',
    (_request, response) => response.writeHead(401, { 'www-authenticate': 'Bearer error="invalid_token"' }).end(),
    api,
  );
  expect(shut.message).toContain('GET /invoices with a token: expected 200, got 401 (Bearer error="invalid_token")');
  expect(JSON.stringify(shut)).not.toContain('good-token-of-the-test');
});

test('a private route that is gone is no refusal', async () => {
  const answer: Answer = ({ url }, response) => response.writeHead(url === '/about' ? 200 : 404).end();
  expect((await ask('api-refuses-strangers', 'shop', answer, api)).message).toContain('got 404');
});

const health = (origin: string) => ({
  health: {
    web: {
      url: `${origin}/health`,
      version: { equals: '1.4.0' },
      schema: { type: 'object', required: ['status', 'database'] },
      dependencies: { '/database/status': 'up' },
    },
  },
});
const says =
  (body: string, status = 200, type = 'application/json; charset=utf-8'): Answer =>
  (_request, response) =>
    response.writeHead(status, { 'content-type': type }).end(body);
const well = says('{"status":"ok","version":"1.4.0","database":{"status":"up"}}');

test('a healthy service passes', async () => {
  for (const check of ['health-names-its-dependencies', 'health-tells-the-release'])
    expect(await ask(check, 'web', well, health)).toMatchObject({ verdict: 'passed' });
});

test.each([
  ['a dependency that is down', says('{"status":"ok","database":{"status":"down"}}'), '/database/status of'],
  ['another shape', says('{"status":"ok"}'), "must have required property 'database'"],
  ['no JSON', says('ok', 200, 'text/plain'), 'expected JSON that fits its schema, got no JSON'],
  ['a page of an error', says('<html>', 502, 'text/html'), 'expected 200, got 502'],
  ['a connection that breaks off', ((_request, response) => response.destroy()) as Answer, 'got no answer'],
] as const)('health with %s fails', async (_what, answer, text) => {
  expect(await ask('health-names-its-dependencies', 'web', answer, health)).toMatchObject({
    verdict: 'failed',
    message: expect.stringContaining(text),
  });
});

test('health of another version fails; health that does not answer leaves it broken', async () => {
  const other = await ask('health-tells-the-release', 'web', says('{"version":"1.3.0"}'), health);
  expect(other).toMatchObject({ verdict: 'failed', message: expect.stringContaining('expected 1.4.0, got 1.3.0') });
  expect(await ask('health-tells-the-release', 'web', (_request, response) => response.destroy(), health)).toMatchObject({
    verdict: 'broken',
  });
});

const cors = (preflight: string) => ({
  services: { web: { kind: 'ecs', name: 'web', origins: { allowed: ['https://shop.example.com'], preflight } } },
});
const allows =
  (allowed: (origin: string) => string | undefined): Answer =>
  ({ headers }, response) => {
    const origin = allowed(headers.origin ?? '');
    response
      .writeHead(204, origin === undefined ? {} : { 'access-control-allow-origin': origin, 'access-control-allow-credentials': 'true' })
      .end();
  };

test.each([
  ['the list itself', (origin: string) => (origin === 'https://shop.example.com' ? origin : undefined), 'passed', ''],
  ['one origin whoever asks', () => 'https://shop.example.com', 'passed', ''],
  ['any origin', () => '*', 'failed', 'from https://stranger.example: expected not allowed, got allowed for * with credentials'],
  ['whoever asks', (origin: string) => origin, 'failed', 'from null: expected not allowed, got allowed for null'],
  [
    'a beginning',
    (origin: string) => (origin.startsWith('https://shop.example.com') ? origin : undefined),
    'failed',
    'from https://shop.example.com.stranger.example',
  ],
  [
    'an end',
    (origin: string) => (origin.endsWith('shop.example.com') ? origin : undefined),
    'failed',
    'from https://stranger-shop.example.com',
  ],
  ['nobody', () => undefined, 'failed', 'from https://shop.example.com: expected allowed for https://shop.example.com, got not allowed'],
] as const)('preflight that lets through %s', async (_what, allowed, verdict, text) => {
  const result = await ask('preflight-refuses-strangers', 'web', allows(allowed), cors);
  expect(result.verdict).toBe(verdict);
  expect(result.message ?? '').toContain(text);
});

/** A registry with one image of a platform, readable by a token that it gives to anyone, whose blobs lie behind a redirect. */
function registry(architecture: string, index: boolean): Answer {
  const config = JSON.stringify({ os: 'linux', architecture });
  const digestOf = (text: string) => `sha256:${createHash('sha256').update(text).digest('hex')}`;
  const manifest = JSON.stringify({ schemaVersion: 2, config: { digest: digestOf(config) }, layers: [] });
  const list = JSON.stringify({
    schemaVersion: 2,
    manifests: [
      { digest: digestOf(manifest), platform: { os: 'linux', architecture } },
      { digest: 'sha256:0', platform: { os: 'unknown', architecture: 'unknown' } },
    ],
  });
  return ({ url = '', headers }, response) => {
    const origin = `http://${headers.host}`;
    if (url.startsWith('/token'))
      return response.end(JSON.stringify({ token: url.includes('scope=repository%3Ashop%2Fweb%3Apull') ? 'token-for-anyone' : '' }));
    if (url.startsWith('/kept')) return headers.authorization === undefined ? response.end(config) : response.writeHead(400).end();
    if (headers.authorization !== 'Bearer token-for-anyone')
      return response.writeHead(401, { 'www-authenticate': `Bearer realm="${origin}/token",service="test"` }).end();
    if (url === '/v2/shop/web/manifests/1.4.0') return response.end(index ? list : manifest);
    if (url === `/v2/shop/web/blobs/${digestOf(config)}`) return response.writeHead(307, { location: `${origin}/kept` }).end();
    return response.writeHead(404).end('{"errors":[{"code":"MANIFEST_UNKNOWN"}]}');
  };
}
const image = (tag: string) => (origin: string) => ({ images: { web: { uri: `${origin.replace('http://', '')}/shop/web:${tag}` } } });

test.each([true, false])('an image of any OCI registry is told by its manifest, index %s', async (index) => {
  expect(await ask('image-fits-platform', 'web', registry('amd64', index), image('1.4.0'))).toMatchObject({ verdict: 'passed' });
  const wrong = await ask('image-fits-platform', 'web', registry('arm64', index), image('1.4.0'));
  expect(wrong).toMatchObject({ verdict: 'failed', message: expect.stringContaining('expected linux/amd64, got linux/arm64') });
});

test('a tag that the registry does not have fails; a registry that sends elsewhere for its token leaves the check broken, unsent', async () => {
  expect(await ask('image-fits-platform', 'web', registry('amd64', true), image('1.5.0'))).toMatchObject({
    verdict: 'failed',
    message: expect.stringContaining('expected an image, got none'),
  });
  const elsewhere: Answer = (_request, response) =>
    response.writeHead(401, { 'www-authenticate': 'Bearer realm="http://127.0.0.1:9/token"' }).end();
  expect(await ask('image-fits-platform', 'web', elsewhere, image('1.4.0'))).toMatchObject({
    verdict: 'broken',
    message: expect.stringContaining('origin http://127.0.0.1:9 is none of'),
  });
});
