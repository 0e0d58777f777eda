/** `crosscheck contract proxy` and a body of 1 GB each way: every byte passes, and memory stays where it was. */
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { startContractProxy } from '../../fixtures/contract-proxy-child.ts';
import { failOn, type RealCheck } from './check.ts';

const MB = 1024 * 1024;
const SIZE = 1024 * MB;
/** Seen: 80 MB more than idle, most of it socket buffers and garbage not yet collected. */
const MOST_MORE = 300 * MB;

export const proxyLargeBodies: RealCheck = {
  name: 'contract proxy: 1 GB each way',
  async run(room) {
    let received = 0;
    const server = createServer(async (asked, answer) => {
      for await (const chunk of asked) received += (chunk as Buffer).length;
      answer.writeHead(200, { 'content-type': 'application/json', 'content-length': SIZE });
      await pipeline(zeros(), answer);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const schema = join(room.dir, 'schema.graphql');
      await writeFile(schema, 'type Query { a: Int }');
      const to = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      await using proxy = startContractProxy(['--to', to, '--schema', schema, '--record', join(room.dir, 'seen'), '--json']);
      const url = await proxy.url;
      const idle = peakOf(proxy.pid);
      const startedAt = performance.now();
      const got = await exchange(`${url}/graphql`);
      const seconds = (performance.now() - startedAt) / 1000;
      const more = peakOf(proxy.pid) - idle;
      const { summary, code } = await proxy.end();
      failOn([
        ...(received === SIZE ? [] : [`sent: expected ${SIZE} bytes at the server, got ${received}`]),
        ...(got === SIZE ? [] : [`answered: expected ${SIZE} bytes at the client, got ${got}`]),
        ...(more <= MOST_MORE ? [] : [`memory: expected at most ${MOST_MORE / MB} MB more than idle, got ${(more / MB).toFixed(0)}`]),
        ...(summary.notJudged['request: too large'] === 1 && code === 2
          ? []
          : [`summary: expected one request too large, exit 2, got ${code}: ${JSON.stringify(summary)}`]),
      ]);
      return { detail: `${seconds.toFixed(1)} s, ${(more / MB).toFixed(0)} MB more than the ${(idle / MB).toFixed(0)} of an idle one` };
    } finally {
      server.closeAllConnections();
      server.close();
    }
  },
};

function zeros(): Readable {
  const chunk = Buffer.alloc(MB);
  let left = SIZE / MB;
  return new Readable({
    read() {
      this.push(left-- > 0 ? chunk : null);
    },
  });
}

async function exchange(url: string): Promise<number> {
  let got = 0;
  await new Promise<void>((resolve, reject) => {
    const asking = request(url, { method: 'POST', headers: { 'content-type': 'application/json' } }, (answer) => {
      answer.on('data', (chunk: Buffer) => {
        got += chunk.length;
      });
      answer.on('end', resolve).on('error', reject);
    });
    pipeline(zeros(), asking).catch(reject);
  });
  return got;
}

/** Most memory that the process ever had, bytes. */
function peakOf(pid: number): number {
  return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? Number.NaN) * 1024;
}
