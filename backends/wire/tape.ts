/** Everything that went through some doors, whole and as it was sent, in memory only: `reports/stand-ins.ts` takes the secrets out before any disk. */
import { Readable } from 'node:stream';
import type { Send, Sender, Transport } from './transport.ts';

/** How a sending or the reading of its answer failed. `aborted`: it was given up from this side, so nothing came. */
export interface TapedFailure {
  readonly aborted: boolean;
  readonly code: string | null;
  readonly message: string;
}

/** One request as it left, and what came. */
export interface TapedSend {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Bytes that were sent; null for none. */
  body: Buffer | null;
  answer: { readonly status: number; readonly headers: Readonly<Record<string, string>>; body: Buffer } | null;
  /** Set when no answer came, or when its body broke off after what `answer` holds. */
  failure: TapedFailure | null;
}

/** A transport that keeps what passes on `tape`, in the order in which it was sent. */
export function recordTransport(transport: Transport, tape: TapedSend[]): Transport {
  return {
    to(url) {
      const { dispatcher, proxy } = transport.to(url);
      return { proxy, dispatcher: { request: (send) => record(dispatcher, send, tape) } };
    },
    [Symbol.asyncDispose]: () => transport[Symbol.asyncDispose](),
  };
}

async function record(dispatcher: Sender, send: Send, tape: TapedSend[]): ReturnType<Sender['request']> {
  const taped: TapedSend = {
    method: send.method,
    url: send.origin + send.path,
    headers: send.headers,
    body: null,
    answer: null,
    failure: null,
  };
  tape.push(taped);
  const fail = (error: unknown): never => {
    taped.failure = failureOf(error, send.signal);
    throw error;
  };
  const sent = await dispatcher.request({ ...send, body: bodyOnto(send.body, taped) }).catch(fail);
  const headers = Object.fromEntries(
    Object.entries(sent.headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name.toLowerCase(), Array.isArray(value) ? value.join(', ') : value]],
    ),
  );
  const answer = { status: sent.statusCode, headers, body: Buffer.alloc(0) };
  taped.answer = answer;
  const read = async function* () {
    const chunks: Uint8Array[] = [];
    try {
      for await (const chunk of sent.body) {
        chunks.push(chunk);
        yield chunk;
      }
    } catch (error) {
      fail(error);
    } finally {
      answer.body = Buffer.concat(chunks);
    }
  };
  const body = Object.assign(read(), { destroy: () => sent.body.destroy() });
  return { statusCode: sent.statusCode, headers: sent.headers, body };
}

function bodyOnto(body: Send['body'], taped: TapedSend): Send['body'] {
  if (body === null) return null;
  if (typeof body === 'string' || body instanceof Uint8Array) {
    taped.body = Buffer.from(body);
    return body;
  }
  const passing = async function* () {
    const chunks: Uint8Array[] = [];
    try {
      for await (const chunk of body) {
        chunks.push(chunk);
        yield chunk;
      }
    } finally {
      taped.body = Buffer.concat(chunks);
    }
  };
  return Readable.from(passing(), { objectMode: false });
}

function failureOf(error: unknown, signal: AbortSignal): TapedFailure {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
  return { aborted: signal.aborted, code, message: error instanceof Error ? error.message : String(error) };
}
