/** The AWS SDK's clients through the door: a request handler that sends what they sign, and the settings that leave retries and log lines to us. */
import { Readable } from 'node:stream';
import type { S3ClientConfig } from '@aws-sdk/client-s3';
import type { Door, WireRequest } from './door.ts';
import type { Protocol } from './exchange.ts';

export interface AwsKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** What the SDK hands a request handler, as far as it is read here. */
export interface SdkRequest {
  readonly method: string;
  readonly protocol: string;
  readonly hostname: string;
  readonly port?: number;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | readonly string[] | null>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** What a request of the SDK is called in records, and whether it changes nothing. */
export interface SdkCall {
  readonly operation: string;
  readonly reads: boolean;
}

/** As much of any SDK client as naming its requests needs. */
export interface SdkClient {
  readonly middlewareStack: {
    add(
      middleware: (
        next: (args: { input: object; request?: unknown }) => Promise<never>,
        context: { readonly commandName?: string },
      ) => (args: { input: object; request?: unknown }) => Promise<never>,
      options: { readonly step: 'deserialize'; readonly priority: 'low'; readonly name: string },
    ): void;
  };
}

const ignore = () => undefined;

/** What every client is made with, and `name`, which each made client must be given so that its requests are called by their commands. */
export function throughDoor(door: Door, protocol: Protocol, callOf: (command: string | null, request: SdkRequest) => SdkCall) {
  const commands = new WeakMap<object, string>();
  const handler = {
    async handle(request: SdkRequest, options?: { readonly abortSignal?: unknown }) {
      const signal = options?.abortSignal instanceof AbortSignal ? options.abortSignal : undefined;
      const answer = await door.stream(wireRequest(protocol, request, callOf(commands.get(request) ?? null, request), signal));
      return {
        response: { statusCode: answer.status, headers: { ...answer.headers }, body: Readable.from(answer.body, { objectMode: false }) },
      };
    },
    updateHttpClientConfig: () => undefined,
    httpHandlerConfigs: () => ({}),
    destroy: () => undefined,
  };
  return {
    config: {
      maxAttempts: 1,
      // Said again by the error itself; a library must not write to the terminal.
      logger: { trace: ignore, debug: ignore, info: ignore, warn: ignore, error: ignore },
      requestHandler: handler as NonNullable<S3ClientConfig['requestHandler']>,
    },
    name(client: unknown): void {
      (client as SdkClient).middlewareStack.add(
        (next, context) => async (args) => {
          if (typeof args.request === 'object' && args.request !== null)
            commands.set(args.request, (context.commandName ?? 'Command').replace(/Command$/, ''));
          return next(args);
        },
        { step: 'deserialize', priority: 'low', name: 'nameOperationForDoor' },
      );
    },
  };
}

/** Asks for keys anew for each request, and makes each secret known to the door. */
export function keysThrough(door: Door, keys: () => Promise<AwsKeys>) {
  return async () => {
    const given = await keys();
    door.learnSecret(given.secretAccessKey);
    if (given.sessionToken) door.learnSecret(given.sessionToken);
    // Without an expiration the SDK would keep the first keys for ever.
    return { ...given, expiration: new Date(0) };
  };
}

function wireRequest(protocol: Protocol, request: SdkRequest, call: SdkCall, signal: AbortSignal | undefined): WireRequest {
  const port = request.port === undefined ? '' : `:${request.port}`;
  return {
    protocol,
    operation: call.operation,
    method: request.method,
    url: `${request.protocol}//${request.hostname}${port}${request.path}${queryString(request.query)}`,
    headers: request.headers,
    ...bodyOf(request.body, call.operation),
    reads: call.reads,
    ...(signal && { signal }),
  };
}

function queryString(query: SdkRequest['query']): string {
  // The very encoding that was signed: RFC 3986, names in order.
  const encode = (text: string) =>
    encodeURIComponent(text).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
  const pairs = Object.entries(query ?? {})
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, value]) =>
      (Array.isArray(value) ? value : [value]).map((one) => (one === null ? encode(name) : `${encode(name)}=${encode(String(one))}`)),
    );
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}

function bodyOf(body: unknown, operation: string): Pick<WireRequest, 'body'> {
  if (body === undefined || body === null || body === '') return {};
  if (typeof body === 'string' || body instanceof Uint8Array) return { body };
  if (body instanceof ArrayBuffer) return { body: new Uint8Array(body) };
  if (ArrayBuffer.isView(body)) return { body: new Uint8Array(body.buffer, body.byteOffset, body.byteLength) };
  if (typeof body === 'object' && Symbol.asyncIterator in body) return { body: body as AsyncIterable<Uint8Array> };
  throw new Error(`${operation}: expected a body of text, bytes or a stream, got ${typeof body}`);
}
