/** Requests a second of the embedded registry, beside GraphQL Yoga by itself in the same run. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { documents } from '../backends/platform/document.ts';
import type { UpLine } from '../fixtures/control.ts';
import { startEmbeddedChild } from '../fixtures/embedded-child.ts';
import { root } from '../suites/case/suite-files.ts';
import { type Figure, figure } from './figure.ts';
import { constructPackage } from './sample-package.ts';
import { type Load, measureLoads } from './throughput.ts';

const ENTRIES = 10;

/** Figures of `me` and of a package with one of its revisions. */
export async function measureRegistry(): Promise<readonly Figure[]> {
  await using stack = new AsyncDisposableStack();
  const { line } = stack.use(await startEmbeddedChild());
  const revision = await constructPackage(line, ENTRIES);
  const peer = await startBareYoga(stack);
  const name = 'graphql-yoga alone, me from a constant';
  const rates = await measureLoads([
    load('me', line.graphqlUrl, line, 'WhoAmI', {}, '"isAdmin":false'),
    load('package', line.graphqlUrl, line, 'PackageAt', { bucket: line.bucket, ...revision }, `"totalEntries":${ENTRIES}`),
    load(name, peer, line, 'WhoAmI', {}, '"isAdmin":false'),
  ]);
  const of = (key: string) => rates.get(key) ?? Number.NaN;
  const beside = { peer: { name, value: of(name) } };
  return [
    figure('registry, me', of('me'), '/s', '16 at a time, token checked each time', beside),
    figure('registry, package with revision', of('package'), '/s', `16 at a time, ${ENTRIES} entries`, beside),
  ];
}

function load(name: string, url: string, line: UpLine, operationName: string, variables: object, due: string): Load {
  const body = JSON.stringify({ query: documents.get(operationName).text, operationName, variables });
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${line.tokens.user}` };
  return { name, ask: () => ({ url, method: 'POST', headers, body }), isDue: (answer) => answer.includes(due) };
}

async function startBareYoga(stack: AsyncDisposableStack): Promise<string> {
  const child = spawn(process.execPath, [join(root, 'bench/bare-yoga.ts')], { stdio: ['pipe', 'pipe', 'inherit'] });
  stack.defer(async () => {
    child.stdin.end();
    await once(child, 'exit');
  });
  const [url] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return url;
}
