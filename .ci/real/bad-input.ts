/** Bad input: each is one clear error that names the place, with exit 2, in under 10 s and without a stack; and a target that dies costs seconds. */
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer as createHttp } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { type AddressInfo, createServer as createTcp, type Server } from 'node:net';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { selfSigned } from '../../backends/wire/self-signed.ts';
import type { UpLine } from '../../fixtures/control.ts';
import { startEmbeddedChild } from '../../fixtures/embedded-child.ts';
import { type RealCheck, RealFailure } from './check.ts';
import type { Room } from './room.ts';
import { checkout, during, ownTemporary } from './run-under-signal.ts';

const WITHIN_MS = 10_000;
const NOWHERE = 'http://127.0.0.1:9';

type Document = Record<string, unknown> & { registry: object; catalog: object; s3: object };

/** The target file of a running `up`, and the environment that holds its secrets. */
function documentOf(line: UpLine): { readonly document: Document; readonly env: Readonly<Record<string, string>> } {
  const control = new URL(line.controlUrl);
  return {
    document: {
      name: 'by-hand',
      writes: 'namespace',
      region: line.region,
      catalog: { url: line.catalogUrl },
      registry: { url: line.registryUrl },
      s3: { endpoint: line.s3Endpoint, buckets: [line.bucket], accessKeyId: { env: 'KEY' }, secretAccessKey: { env: 'SECRET' } },
      tokens: { admin: { env: 'ADMIN' }, user: { env: 'USER_TOKEN' } },
      control: { url: control.origin, token: { env: 'CONTROL' } },
    },
    env: {
      KEY: line.accessKeyId,
      SECRET: line.secretAccessKey,
      ADMIN: line.tokens.admin,
      USER_TOKEN: line.tokens.user,
      CONTROL: control.hash.slice(1),
    },
  };
}

interface Servers extends AsyncDisposable {
  readonly html: string;
  readonly silent: string;
  readonly unknownCa: string;
}

/** Servers that are no part of a data platform. */
async function openServers(): Promise<Servers> {
  const opened: Server[] = [];
  const listen = async (server: Server, scheme = 'http') => {
    opened.push(server);
    server.unref().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };
  const page = '<!doctype html><title>Sign in</title>';
  return {
    html: await listen(createHttp((_request, response) => response.setHeader('content-type', 'text/html').end(page))),
    silent: await listen(createTcp((socket) => void socket.on('error', () => undefined).resume())),
    unknownCa: await listen(
      createHttps(selfSigned('127.0.0.1'), (_request, response) => response.end('{}')),
      'https',
    ),
    async [Symbol.asyncDispose]() {
      for (const server of opened) {
        if ('closeAllConnections' in server) (server.closeAllConnections as () => void)();
        server.close();
      }
    },
  };
}

interface BadInput {
  readonly what: string;
  readonly change: Readonly<Record<string, unknown>>;
  readonly says: RegExp;
}

function badInputs(good: Document, { html, silent, unknownCa }: Servers): readonly BadInput[] {
  const registry = (url: string) => ({ registry: { url } });
  const catalog = (url: string) => ({ catalog: { url } });
  const s3 = (endpoint: string) => ({ s3: { ...good.s3, endpoint } });
  return [
    { what: 'a wrong key', change: { regoin: 'x' }, says: /\.yaml:\d+:1: regoin: unknown key; expected one of .*region/ },
    { what: 'a wrong type', change: { s3: { ...good.s3, buckets: 7 } }, says: /\.yaml:\d+:\d+: s3\.buckets: .*expected array/i },
    {
      what: 'a missing variable',
      change: { region: `\${NO_SUCH_REGION}` },
      says: /\.yaml:\d+:\d+: environment variable NO_SUCH_REGION: expected/,
    },
    {
      what: 'a missing secret',
      change: { tokens: { user: { env: 'NO_SUCH_TOKEN' } } },
      says: /tokens\.user: environment variable NO_SUCH_TOKEN/,
    },
    {
      what: 'a registry that is not there',
      change: registry(NOWHERE),
      says: /registry\.url: http:\/\/127\.0\.0\.1:9\/graphql: .*connection/,
    },
    {
      what: 'a registry without a name',
      change: registry('http://no-such-host.invalid'),
      says: /registry\.url: http:\/\/no-such-host\.invalid/,
    },
    {
      what: 'a catalog that is not there',
      change: catalog(NOWHERE),
      says: /catalog\.url: http:\/\/127\.0\.0\.1:9\/config\.json: .*connection/,
    },
    { what: 'an S3 that is not there', change: s3(NOWHERE), says: /s3\.endpoint: http:\/\/127\.0\.0\.1:9\/.*connection/ },
    { what: 'a page for the registry', change: registry(html), says: /registry\.url: .*\/graphql: live schema: expected.*200/ },
    {
      what: 'a page for the catalog',
      change: catalog(html),
      says: /catalog\.url: .*config\.json: expected 200 with a JSON object, got 200 text\/html/,
    },
    { what: 'a page for S3', change: s3(html), says: /s3\.endpoint: .*expected S3's answer in XML/ },
    { what: 'a registry that never answers', change: registry(silent), says: /registry\.url: .*deadline/ },
    { what: 'a registry with an unknown CA', change: registry(unknownCa), says: /registry\.url: https:.*certificate/ },
  ];
}

/** Every bad target file, and servers that are not what the file says. */
export const badTargets: RealCheck = {
  name: 'a bad target is one clear error within 10 s',
  async run(room) {
    await using child = await startEmbeddedChild();
    await using servers = await openServers();
    const { document, env } = documentOf(child.line);
    const wrong: string[] = [];
    const inputs = badInputs(document, servers);
    for (const [n, { what, change, says }] of inputs.entries()) {
      const file = join(room.dir, `${n}.yaml`);
      writeFileSync(file, stringify({ ...document, ...change }));
      const { code, stdout, stderr } = await crosscheck(room, ['run', 'selftest/answer-well', '--target', file, '--json'], env);
      const expect = (holds: boolean, text: string) => void (holds || wrong.push(`${what}: ${text}, got ${JSON.stringify(stderr)}`));
      expect(code === 2, `expected exit 2, got ${code}`);
      expect(says.test(stderr), `expected ${says}`);
      expect(stderr.trim().split('\n').length === 1, 'expected one line');
      expect(!/^\s+at /m.test(stderr), 'expected no stack');
      expect(JSON.parse(stdout).version === 1, 'expected one JSON document on stdout');
      for (const secret of Object.values(env)) expect(!`${stdout}${stderr}`.includes(secret), 'expected no secret');
    }
    if (wrong.length > 0) throw new RealFailure(wrong);
    return { detail: `${inputs.length} bad targets` };
  },
};

/** A registry that dies in mid-run ends it in seconds, with one cause for all that did not run. */
export const deadTarget: RealCheck = {
  name: 'a target that dies in mid-run costs seconds',
  async run(room) {
    // It is killed, so its folder has to stand where the room goes.
    await using child = await startEmbeddedChild(['--data', room.dir]);
    const { document, env } = documentOf(child.line);
    const file = join(room.dir, 'target.yaml');
    writeFileSync(file, stringify(document));
    const args = ['parity', '--grep', 'update', '--target', file, '--no-html', '--json'];
    const { code, stdout, stderr, milliseconds } = await during(
      { ...room, env: { ...room.env, ...env } },
      args,
      join(room.dir, 'out'),
      'run',
      'has 10 lines',
      () => {
        process.kill(child.pid, 'SIGKILL');
      },
    );
    const { cases, planned, notRun } = JSON.parse(stdout) as {
      cases: { verdict: string; message?: string }[];
      planned: number;
      notRun: number;
    };
    const causes = new Set(cases.filter(({ verdict }) => verdict === 'not-run').map(({ message }) => message));
    const failed = cases.filter(({ verdict }) => verdict === 'failed');
    const wrong = [
      ...(code === 2 ? [] : [`exit: expected 2, got ${code}: ${stderr}`]),
      ...(causes.size === 1 ? [] : [`causes of not-run: expected one, got ${JSON.stringify([...causes])}`]),
      ...(notRun > planned / 3 ? [] : [`not-run: expected most of ${planned} cases, got ${notRun}`]),
      ...failed.map(({ message }) => `failed: expected none for a target that is gone, got ${message}`),
    ];
    if (wrong.length > 0) throw new RealFailure(wrong);
    return { detail: `ended ${Math.round(milliseconds)} ms after it died; ${notRun} of ${planned} not run: ${[...causes][0]}` };
  },
};

function crosscheck(room: Room, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const command = [process.execPath, 'cli/crosscheck.mjs', ...args, '--report', join(room.dir, 'out')] as [string, ...string[]];
  return room.run(command, { cwd: checkout, env: { ...ownTemporary(room), ...env }, deadlineMs: WITHIN_MS });
}
