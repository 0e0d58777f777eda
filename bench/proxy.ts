/** What the judging, recording proxy adds to a request, beside mitmproxy in the same run before the same server. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Agent, request } from 'undici';
import { documents } from '../backends/platform/document.ts';
import { startContractProxy } from '../fixtures/contract-proxy-child.ts';
import type { UpLine } from '../fixtures/control.ts';
import { startEmbeddedChild } from '../fixtures/embedded-child.ts';
import { targetOfLine } from '../fixtures/target.ts';
import { root } from '../suites/case/suite-files.ts';
import { contractOf } from '../suites/run/contract-of.ts';
import { type Figure, figure, median } from './figure.ts';
import { constructPackage } from './sample-package.ts';
import { type Load, measureLoads } from './throughput.ts';

const ENTRIES = 50;
const PAIRS = 1_500;
const WARM_UP = 300;
/** mitmproxy was seen to need 9 s from nothing: its packages are fetched then. */
const STARTS_WITHIN_MS = 120_000;

/** One request of the platform backend, and the answer that the registry gave to it. */
interface Sample {
  readonly operation: string;
  readonly body: string;
  readonly answer: string;
}

/** Figures of the time added and of requests a second. */
export async function measureProxy(): Promise<readonly Figure[]> {
  await using stack = new AsyncDisposableStack();
  const dir = mkdtempSync(join(tmpdir(), 'crosscheck-bench-proxy-'));
  stack.defer(() => rmSync(dir, { recursive: true, force: true }));
  const samples = await takeSamples(dir);
  const server = await startConstantServer(stack, dir, samples);
  const args = ['--to', server, '--schema', join(dir, 'schema.json'), '--record', join(dir, 'seen'), '--json'];
  const ours = stack.use(startContractProxy(args));
  const theirs = await startMitmproxy(stack, dir, server).catch((error: Error) => error);
  const ways: Readonly<Record<string, string>> = {
    none: server,
    ours: await ours.url,
    ...(theirs instanceof Error ? {} : { mitmproxy: theirs }),
  };

  const took = await measureLatency(ways, samples);
  const rates = await measureLoads(Object.entries(ways).map(([name, url]) => load(name, url, samples)));
  const { summary } = await ours.end();
  const missing = summary.requests - summary.documents;
  if (missing > 0 || summary.findings.length > 0)
    throw new Error(`proxy: expected every exchange judged and fit, got ${JSON.stringify(summary)}`);

  const without = theirs instanceof Error ? `; mitmproxy could not be had: ${theirs.message.split('\n')[0]}` : '';
  const peer = (value: number | undefined) =>
    value === undefined ? null : { name: 'mitmproxy (mitmdump, reverse mode, nothing written)', value };
  const added = (name: string) => took.get(name)?.added;
  const how = `${samples.length} documents of the platform backend, judged and recorded`;
  return [
    figure('proxy, added to the median', added('ours') ?? Number.NaN, 'ms', `${how}, median of ${PAIRS} pairs one at a time${without}`, {
      budget: { kind: 'most', value: 0.5 },
      peer: peer(added('mitmproxy')),
    }),
    figure('proxy, requests a second', rates.get('ours') ?? Number.NaN, '/s', `${how}, 16 at a time`, {
      budget: { kind: 'least', value: 1_500 },
      peer: peer(rates.get('mitmproxy')),
    }),
    figure('the server behind it, requests a second', rates.get('none') ?? Number.NaN, '/s', '16 at a time, no proxy'),
  ];
}

/** Asks the embedded registry once, and keeps its schema for the judge. */
async function takeSamples(dir: string): Promise<readonly Sample[]> {
  await using child = await startEmbeddedChild();
  const { line } = child;
  const { introspection } = await contractOf(targetOfLine(line));
  writeFileSync(join(dir, 'schema.json'), JSON.stringify(introspection));
  const revision = await constructPackage(line, ENTRIES);
  const { bucket } = line;
  return await Promise.all([
    sample(line, 'WhoAmI', {}),
    sample(line, 'PackageNames', { bucket, page: 1, perPage: 100 }),
    sample(line, 'PackageAt', { bucket, ...revision }),
    sample(line, 'PackageContents', { bucket, ...revision, max: ENTRIES }),
  ]);
}

async function sample(line: UpLine, operation: string, variables: object): Promise<Sample> {
  const body = JSON.stringify({ query: documents.get(operation).text, operationName: operation, variables });
  const { statusCode, body: answer } = await request(line.graphqlUrl, { method: 'POST', headers: headersOf(line.tokens.user), body });
  const text = await answer.text();
  if (statusCode !== 200 || text.includes('"errors"'))
    throw new Error(`${operation}: expected 200 with data, got ${statusCode}: ${text.slice(0, 200)}`);
  return { operation, body, answer: text };
}

const headersOf = (token: string) => ({ 'content-type': 'application/json', authorization: `Bearer ${token}` });

/** Milliseconds that each way adds to the first, medians of pairs; the ways are asked in turns. */
async function measureLatency(
  ways: Readonly<Record<string, string>>,
  samples: readonly Sample[],
): Promise<ReadonlyMap<string, { readonly added: number }>> {
  const agent = new Agent({ connections: 1 });
  const took = new Map<string, number[]>(Object.keys(ways).map((name) => [name, []]));
  for (let n = -WARM_UP; n < PAIRS; n++) {
    const { body, answer } = samples[(n + WARM_UP) % samples.length] ?? { body: '', answer: '' };
    for (const [name, url] of Object.entries(ways)) {
      const startedAt = performance.now();
      const response = await request(`${url}/graphql`, { method: 'POST', headers: headersOf('bench'), body, dispatcher: agent });
      const text = await response.body.text();
      if (n >= 0) took.get(name)?.push(performance.now() - startedAt);
      if (text !== answer) throw new Error(`${name}: expected the server's own answer, got ${response.statusCode}: ${text.slice(0, 200)}`);
    }
  }
  await agent.destroy();
  const bare = took.get('none') ?? [];
  return new Map([...took].map(([name, times]) => [name, { added: median(times.map((time, n) => time - (bare[n] ?? Number.NaN))) }]));
}

function load(name: string, url: string, samples: readonly Sample[]): Load {
  const due = new Set(samples.map(({ answer }) => answer));
  return {
    name,
    ask: (n) => ({ url: `${url}/graphql`, method: 'POST', headers: headersOf('bench'), body: samples[n % samples.length]?.body ?? '' }),
    isDue: (answer) => due.has(answer),
  };
}

async function startConstantServer(stack: AsyncDisposableStack, dir: string, samples: readonly Sample[]): Promise<string> {
  const file = join(dir, 'answers.json');
  writeFileSync(file, JSON.stringify(Object.fromEntries(samples.map(({ operation, answer }) => [operation, answer]))));
  const child = spawn(process.execPath, [join(root, 'bench/constant-server.ts'), file], { stdio: ['pipe', 'pipe', 'inherit'] });
  stack.defer(() => ended(child, () => child.stdin.end()));
  const [url] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return url;
}

/** mitmdump of the newest version that this machine's Python can have. Throws when there is none. */
async function startMitmproxy(stack: AsyncDisposableStack, dir: string, server: string): Promise<string> {
  const port = await freePort();
  const args = ['tool', 'run', '--quiet', '--from', 'mitmproxy', 'mitmdump', '--quiet', '--mode', `reverse:${server}`];
  const child = spawn(
    'uv',
    [...args, '--listen-host', '127.0.0.1', '--listen-port', String(port), '--set', `confdir=${join(dir, 'mitm')}`],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
      detached: true,
    },
  );
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-1_000);
  });
  let gone: string | null = null;
  child.once('error', (error) => {
    gone = error.message;
  });
  child.once('exit', (code) => {
    gone ??= `exit ${code}: ${stderr}`;
  });
  // uv starts it as a child of its own, so the group is ended.
  stack.defer(() => ended(child, () => child.pid !== undefined && process.kill(-child.pid, 'SIGTERM')));
  const deadline = Date.now() + STARTS_WITHIN_MS;
  while (!(await listens(port))) {
    if (gone !== null || Date.now() > deadline) throw new Error(gone ?? `mitmdump: expected it to listen within ${STARTS_WITHIN_MS} ms`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return `http://127.0.0.1:${port}`;
}

async function ended(child: ChildProcess, ask: () => unknown): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const exit = once(child, 'close');
  ask();
  await exit;
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

const listens = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
