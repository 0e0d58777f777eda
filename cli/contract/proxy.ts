/** `crosscheck contract proxy`: judges and records what any client and any GraphQL server say to each other. */
import { once } from 'node:events';
import { Command } from 'commander';
import { startClerkThread } from '../../backends/wire/proxy/clerk-thread.ts';
import { type ContractProxy, openProxy } from '../../backends/wire/proxy/open-proxy.ts';
import { reconcile } from '../../schemas/reconcile.ts';
import { UsageError } from '../failure.ts';
import { interruptible } from '../interrupt.ts';
import { jsonOption, parseWhole } from '../options.ts';
import { openSchema } from './open-schemas.ts';
import { proxyExitCode, renderProxyReconciliation, renderProxySummary, renderSeen } from './proxy-report.ts';
import { findBelow } from './source-tree.ts';

/** Most bytes of a body that is judged, and of all that wait for it: the answers of a package of 10,000 entries are 4 MB. */
const BODY_LIMIT = 16 * 1024 * 1024;
const ROOM_LIMIT = 256 * 1024 * 1024;

interface Options {
  readonly to: string;
  readonly host: string;
  readonly port: string;
  readonly schema?: string;
  readonly tokenEnv?: string;
  readonly fail?: true;
  readonly har?: string;
  readonly record?: string;
  readonly used?: readonly string[];
  readonly json?: true;
}

export function command(): Command {
  return new Command('proxy')
    .description(
      'a proxy in front of a GraphQL server, for any client: judges every document, its variables and its answer, and records them',
    )
    .requiredOption('--to <url>', 'the server, with the path of its GraphQL')
    .option('--port <number>', 'port to listen on; a free one when it is not given', '0')
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--schema <url|file>', 'schema to judge by, SDL or introspection (default: what the server says of itself)')
    .option('--token-env <name>', 'environment variable with the bearer token to ask for the schema with; clients bring their own')
    .option('--fail', 'answer what does not fit with an error, in place of forwarding it')
    .option('--har <file>', 'write what went by as an HTTP Archive, without secrets')
    .option('--record <dir>', 'write what went by and what was found as NDJSON, without secrets')
    .option('--used <path...>', 'sources: the summary says which of their operations were sent, and what was sent besides')
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  npx crosscheck contract proxy --to http://127.0.0.1:8080/graphql --port 4000 --record seen\n')
    .action(async (options: Options) => {
      process.exitCode = await runProxy(options);
    });
}

async function runProxy(options: Options): Promise<number> {
  const to = parseServer(options.to);
  const graphql = to.pathname === '/' ? new URL('/graphql', to).href : to.href;
  const opened = await openSchema(options.schema ?? graphql, options.tokenEnv);
  const contract = await opened.contract();
  // It has been read by then, so the variable is set.
  const token = options.tokenEnv === undefined ? undefined : process.env[options.tokenEnv.slice(options.tokenEnv.lastIndexOf('=') + 1)];
  const found = options.used === undefined ? null : await findBelow(options.used);
  const say = (text: string) => void process.stderr.write(text);

  let proxy: ContractProxy | null = null;
  const settings = { record: options.record ?? null, har: options.har ?? null, secrets: token === undefined ? [] : [token] };
  const clerk = await startClerkThread(opened.text, settings, (bytes, news) => {
    proxy?.done(bytes);
    for (const seen of news) say(`${renderSeen(seen)}\n`);
  }).catch((cause: Error) => {
    throw new UsageError(`--record, --har: expected files that can be written, got ${cause.message}`, { cause });
  });
  const { signal } = interruptible('ending the exchanges under way');
  proxy = await openProxy({
    to,
    host: options.host,
    port: parseWhole('--port', options.port),
    refuseBy: options.fail === true ? contract : null,
    bodyLimit: BODY_LIMIT,
    roomLimit: ROOM_LIMIT,
    passed: (passed) => clerk.take(passed),
  }).catch(async (cause: Error) => {
    await clerk.end();
    throw new UsageError(`--host, --port: expected an address to listen on, got ${cause.message}`, { cause });
  });
  say(`crosscheck: ${proxy.url} forwards to ${to.origin}, judged by ${opened.text.source} (${contract.hash.slice(0, 12)}); Ctrl-C ends\n`);
  if (!signal.aborted) await once(signal, 'abort');
  await proxy[Symbol.asyncDispose]();
  const summary = await clerk.end();
  const sources = found === null ? null : reconcile(found.documents, summary.sent);
  if (options.json === true) process.stdout.write(`${JSON.stringify({ version: 1, ...summary, sources })}\n`);
  else process.stdout.write(`${sources === null ? '' : `${renderProxyReconciliation(sources)}\n`}${renderProxySummary(summary)}`);
  return proxyExitCode(summary);
}

function parseServer(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol))
    throw new UsageError(`--to: expected an http or https URL, got ${JSON.stringify(text)}`);
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
    throw new UsageError('--to: expected a URL of scheme, host and path, got more; what a server is told comes from the client');
  return url;
}
