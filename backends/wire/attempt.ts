/** One sending of a request and the reading of its answer, under one deadline. */
import { Readable } from 'node:stream';
import { WireError, type WireRequest } from './door.ts';
import { bodyWitness, type SeenBody } from './record.ts';
import type { Transport } from './transport.ts';
import { detailsOf, failureOf, isMistake, wireError } from './wire-failure.ts';

export interface Attempt {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Each `Set-Cookie` as it came: joined by commas they cannot be told apart. */
  readonly setCookies: readonly string[];
  /** The body as it comes, once; throws WireError, and gives the connection back however it ends. */
  chunks(): AsyncGenerator<Uint8Array>;
  /** The whole body; WireError 'too-large' over `limit` bytes. */
  readAll(limit: number): Promise<Uint8Array>;
  /** What was read so far. */
  seen(): SeenBody;
  /** The same answer with a body that was read already. */
  replaying(body: Uint8Array): Attempt;
}

export interface AttemptOptions {
  /** The URL as errors may show it. */
  readonly url: string;
  readonly remainingMs: number;
  /** The whole deadline, for the message. */
  readonly deadlineMs: number;
  /** Sees the bytes of a streamed request body. */
  readonly uploaded: { saw(chunk: Uint8Array): void } | null;
}

/** Headers about the connection, which is undici's to keep (RFC 9110, 7.6.1); it refuses a request that has them. */
const OF_THE_CONNECTION = new Set(['connection', 'expect', 'keep-alive', 'proxy-connection', 'transfer-encoding', 'upgrade']);

/** Sends it; resolves when the head of an answer came. Throws WireError; what undici refuses to send is a mistake of ours, and thrown as it is. */
export async function attempt(transport: Transport, request: WireRequest, options: AttemptOptions): Promise<Attempt> {
  const url = new URL(request.url);
  const { dispatcher, proxy } = transport.to(url);
  const abort = new AbortController();
  let late: string | null = null;
  const giveUp = (why: string) => {
    late ??= why;
    abort.abort();
  };
  const timer = setTimeout(() => giveUp(`${options.deadlineMs} ms`), Math.max(0, options.remainingMs));
  const stop = () => giveUp('given up by the caller');
  request.signal?.addEventListener('abort', stop, { once: true });
  if (request.signal?.aborted) stop();
  const release = () => {
    clearTimeout(timer);
    request.signal?.removeEventListener('abort', stop);
  };
  const explain = (error: unknown): unknown => {
    if (error instanceof WireError || isMistake(error)) return error;
    if (late !== null) return wireError('timeout', options.url, late, error);
    return wireError(failureOf(error, proxy !== null), options.url, detailsOf(error), error);
  };

  try {
    const response = await dispatcher.request({
      origin: url.origin,
      path: url.pathname + url.search,
      method: request.method,
      headers: Object.fromEntries(Object.entries(request.headers).filter(([name]) => !OF_THE_CONNECTION.has(name.toLowerCase()))),
      body: bodyOf(request, options),
      signal: abort.signal,
    });
    const witness = bodyWitness();
    const chunks = async function* (): AsyncGenerator<Uint8Array> {
      try {
        for await (const chunk of response.body) {
          witness.saw(chunk);
          yield chunk;
        }
      } catch (error) {
        throw explain(error);
      } finally {
        release();
        response.body.destroy();
      }
    };
    const cookies = response.headers['set-cookie'] ?? [];
    const head = { status: response.statusCode, headers: flatten(response.headers), setCookies: [cookies].flat() };
    return answerOf(head, chunks, witness.seen, options.url);
  } catch (error) {
    release();
    throw explain(error);
  }
}

type Head = Pick<Attempt, 'status' | 'headers' | 'setCookies'>;

function answerOf(head: Head, chunks: Attempt['chunks'], seen: Attempt['seen'], url: string): Attempt {
  return {
    ...head,
    chunks,
    seen,
    async readAll(limit) {
      const parts: Uint8Array[] = [];
      let bytes = 0;
      for await (const chunk of chunks()) {
        bytes += chunk.length;
        if (bytes > limit) throw wireError('too-large', url, `over ${limit} bytes`);
        parts.push(chunk);
      }
      return Buffer.concat(parts);
    },
    replaying(body) {
      const again = async function* () {
        yield body;
      };
      const whole = bodyWitness();
      whole.saw(body);
      return answerOf(head, again, whole.seen, url);
    },
  };
}

function bodyOf(request: WireRequest, options: AttemptOptions): string | Uint8Array | Readable | null {
  const { body } = request;
  if (body === undefined) return null;
  if (typeof body === 'string' || body instanceof Uint8Array) return body;
  const witnessed = async function* () {
    for await (const chunk of body) {
      options.uploaded?.saw(chunk);
      yield chunk;
    }
  };
  return Readable.from(witnessed(), { objectMode: false });
}

function flatten(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name.toLowerCase(), Array.isArray(value) ? value.join(', ') : value]],
    ),
  );
}
