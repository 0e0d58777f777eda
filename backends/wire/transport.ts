/** Pooled connections of one process, shared by all its doors. */

import type { Readable } from 'node:stream';
import { rootCertificates } from 'node:tls';
import { Agent, ProxyAgent } from 'undici';
import { proxyFor, type TransportSettings } from './transport-settings.ts';

/** One request as it leaves. */
export interface Send {
  readonly origin: string;
  /** Path and query. */
  readonly path: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | Readable | null;
  readonly signal: AbortSignal;
}

/** Sends, and resolves when the head of an answer came; undici's own, as far as it is used here. */
export interface Sender {
  request(send: Send): Promise<{
    readonly statusCode: number;
    readonly headers: Record<string, string | string[] | undefined>;
    readonly body: AsyncIterable<Uint8Array> & { destroy(): unknown };
  }>;
}

export interface Transport extends AsyncDisposable {
  /** Connections for a URL, and the proxy that they go through. */
  to(url: URL): { readonly dispatcher: Sender; readonly proxy: string | null };
}

/** Most connections to one origin: 50 interleaved clients and then some; more wait in a queue. */
const CONNECTIONS = 128;

/** Opens nothing yet; connections are made on use, kept alive, and ended with their requests on disposal. */
export function createTransport(settings: TransportSettings = {}): Transport {
  const trusted = settings.ca ? { ca: [...rootCertificates, settings.ca] } : {};
  // The door's own deadline holds for the whole exchange, so undici's are off.
  const options = { connections: CONNECTIONS, headersTimeout: 0, bodyTimeout: 0, allowH2: false };
  const direct = new Agent({ ...options, connect: trusted });
  const proxies = new Map<string, ProxyAgent>();
  const through = (uri: string) => {
    const known = proxies.get(uri) ?? new ProxyAgent({ ...options, uri, requestTls: trusted, proxyTls: trusted });
    proxies.set(uri, known);
    return known;
  };
  return {
    to(url) {
      const proxy = proxyFor(url, settings);
      return { dispatcher: proxy === null ? direct : through(proxy), proxy };
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([direct, ...proxies.values()].map((agent) => agent.destroy()));
    },
  };
}
