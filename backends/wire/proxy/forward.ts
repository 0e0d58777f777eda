/** Hands one request to the server and its answer to the client, byte by byte as they come. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import { detailsOf, failureOf, wireError } from '../wire-failure.ts';
import type { BodyTap } from './body-tap.ts';
import { forwardedHeaders } from './forwarded-headers.ts';

/** How it ended. `head` is null when the head of an answer never came, `error` when all of it reached the client. */
export interface Forwarded {
  readonly head: { readonly status: number; readonly reason: string; readonly headers: readonly string[] } | null;
  readonly error: string | null;
}

export interface Forwarding {
  readonly dispatcher: Dispatcher;
  readonly server: URL;
  readonly body: Buffer | Readable | null;
  readonly answer: BodyTap;
  readonly ended: (how: Forwarded) => void;
}

/** Forwards; `ended` is called once, after the last byte or when there will be none. Without an answer the client gets a 502 that says why. */
export function forward(request: IncomingMessage, response: ServerResponse, forwarding: Forwarding): void {
  const { dispatcher, server, body, answer } = forwarding;
  let head: Forwarded['head'] = null;
  let controller: Dispatcher.DispatchController | null = null;
  let [gone, done, wrote] = [false, false, false];
  const end = (error: string | null) => {
    if (done) return;
    done = true;
    forwarding.ended({ head, error });
  };
  response.once('close', () => {
    if (done) return;
    gone = true;
    end('the client went before the end of the answer');
    controller?.abort(new Error('the client went'));
  });
  const fail = (error: unknown) => {
    if (done) return;
    const explained = wireError(failureOf(error, false), server.origin, detailsOf(error), error).message;
    if (head === null && !response.headersSent) sayBadGateway(response, explained);
    // As without a proxy: an answer that breaks off breaks off.
    else response.destroy();
    end(explained);
  };
  const handler: Dispatcher.DispatchHandler = {
    onRequestStart(started) {
      controller = started;
      if (gone) started.abort(new Error('the client went'));
    },
    onResponseStart(started, status, _headers, reason = '') {
      // Interim answers (RFC 9110, 15.2) are for the connection that they came on.
      if (status < 200) return;
      const headers = textsOf(started.rawHeaders);
      try {
        response.sendDate = false;
        response.writeHead(status, reason, forwardedHeaders(headers));
      } catch (error) {
        started.abort(error instanceof Error ? error : new Error(String(error)));
        return;
      }
      head = { status, reason, headers };
      // A first byte in this turn goes out with the head; a head without one must not wait for it.
      setImmediate(() => {
        if (!wrote && !done) response.flushHeaders();
      });
    },
    onResponseData(started, chunk) {
      wrote = true;
      answer.saw(chunk);
      if (response.write(chunk)) return;
      started.pause();
      response.once('drain', () => started.resume());
    },
    onResponseEnd(_started, trailers) {
      wrote = true;
      if (Object.keys(trailers).length > 0) response.addTrailers(trailers as Record<string, string>);
      response.end();
      end(null);
    },
    onResponseError(_started, error) {
      fail(error);
    },
  };
  try {
    dispatcher.dispatch(
      {
        origin: server.origin,
        path: request.url ?? '/',
        method: (request.method ?? 'GET') as Dispatcher.HttpMethod,
        headers: ['host', server.host, ...forwardedHeaders(request.rawHeaders, ['host'])],
        body,
        // As long as the client waits: a deadline is its own.
        headersTimeout: 0,
        bodyTimeout: 0,
      },
      handler,
    );
  } catch (error) {
    fail(error);
  }
}

/** 502 with a body that any GraphQL client shows. */
function sayBadGateway(response: ServerResponse, message: string): void {
  sayError(response, 502, [{ message, extensions: { code: 'BAD_GATEWAY', by: 'crosscheck contract proxy' } }]);
}

/** Answers with GraphQL errors of the proxy's own. */
export function sayError(response: ServerResponse, status: number, errors: readonly object[], type = 'application/json'): void {
  const text = Buffer.from(JSON.stringify({ errors }));
  response.writeHead(status, { 'content-type': `${type}; charset=utf-8`, 'content-length': text.length }).end(text);
}

/** Header bytes are Latin-1 on both sides, so that each comes out as it went in. */
function textsOf(raw: Dispatcher.DispatchController['rawHeaders']): string[] {
  return Array.isArray(raw) ? raw.map((one) => (typeof one === 'string' ? one : one.toString('latin1'))) : [];
}
