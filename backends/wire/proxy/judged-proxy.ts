/** A proxy of this process with its judge in the same thread, for the tests. */
import { connect } from 'node:net';
import { sampleContract } from '../../../schemas/sample-schema.ts';
import { type Clerk, createClerk } from './clerk.ts';
import { openProxy, type ProxySettings } from './open-proxy.ts';
import type { PassedBody, PassedExchange } from './passed-exchange.ts';

export interface JudgedProxy extends AsyncDisposable {
  readonly url: string;
  readonly clerk: Clerk;
  done(bytes: number): void;
  /** The nth exchange that ended, from 1, waited for. */
  exchange(nth: number): Promise<PassedExchange>;
}

/** A proxy before `origin`, whose exchanges are judged by the sample contract. */
export async function judgedProxy(origin: string, settings: Partial<ProxySettings> = {}): Promise<JudgedProxy> {
  const clerk = createClerk(sampleContract, { record: null, har: null, secrets: [] });
  const ended: PassedExchange[] = [];
  const waiting: (() => void)[] = [];
  const proxy = await openProxy({
    to: new URL(origin),
    host: '127.0.0.1',
    port: 0,
    refuseBy: null,
    bodyLimit: 1024 * 1024,
    roomLimit: 8 * 1024 * 1024,
    passed(passed) {
      clerk.take([passed]);
      ended.push(passed);
      for (const wake of waiting.splice(0)) wake();
    },
    ...settings,
  });
  return {
    url: proxy.url,
    clerk,
    done: proxy.done,
    async exchange(nth) {
      for (;;) {
        const found = ended[nth - 1];
        if (found !== undefined) return found;
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
    },
    [Symbol.asyncDispose]: () => proxy[Symbol.asyncDispose](),
  };
}

/** Writes `text` (Latin-1) to a server and gives all that it says until it closes, or until `enough` is in it. */
export function speakRaw(url: string, text: string, enough?: string): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    let said = '';
    const socket = connect(Number(port), hostname, () => socket.write(text, 'latin1'));
    socket.setEncoding('latin1').on('data', (chunk: string) => {
      said += chunk;
      if (enough !== undefined && said.includes(enough)) socket.destroy();
    });
    socket.on('close', () => resolve(said)).on('error', reject);
  });
}

/** A body that was kept whole. */
export function wholeBody(text: string | Uint8Array): PassedBody {
  const kept = new Uint8Array(typeof text === 'string' ? Buffer.from(text) : text);
  return { kept, complete: true, leftOut: null, bytes: kept.length };
}

/** An exchange that posted `asked` as JSON and was answered with `answer`, changed as `but` says. */
export function postedExchange(asked: unknown, answer: unknown, but: Partial<PassedExchange> = {}): PassedExchange {
  return {
    id: 1,
    kind: 'graphql',
    startedAt: 0,
    durationMs: 1,
    request: {
      method: 'POST',
      url: 'http://server/graphql',
      headers: ['Content-Type', 'application/json'],
      body: wholeBody(JSON.stringify(asked)),
    },
    response: {
      status: 200,
      reason: 'OK',
      headers: ['Content-Type', 'application/graphql-response+json'],
      body: wholeBody(JSON.stringify(answer)),
    },
    error: null,
    refused: null,
    ...but,
  };
}
