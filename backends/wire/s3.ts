/** The AWS SDK's S3 client through the door: its requests are refused, recorded, retried and timed out by the door's rules, not its own. */
import { Readable } from 'node:stream';
import { GetObjectCommand, S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { Door, WireRequest } from './door.ts';

export interface S3Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export interface S3Settings {
  /** Origin of the service; AWS's own for the region when absent. */
  readonly endpoint?: string;
  readonly region: string;
  /** Asked anew for each request, more than once, so that keys may change within a session; must be cheap. */
  readonly credentials: () => Promise<S3Credentials>;
  /** Checksums on uploads: `WHEN_SUPPORTED` (default, as current SDKs and boto3 do) or `WHEN_REQUIRED` for older servers. */
  readonly checksums?: 'WHEN_SUPPORTED' | 'WHEN_REQUIRED';
}

/** What the SDK hands a request handler, as far as it is read here. */
interface SdkRequest {
  readonly method: string;
  readonly protocol: string;
  readonly hostname: string;
  readonly port?: number;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | readonly string[] | null>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

const ignore = () => undefined;

/** What the SDK else looks for in the environment and below ~/.aws, once a client: half the time of a client's first request, and no part of a case. */
const SETTLED: S3ClientConfig = {
  defaultsMode: 'legacy',
  retryMode: 'standard',
  authSchemePreference: [],
  useDualstackEndpoint: false,
  useFipsEndpoint: false,
  useArnRegion: false,
  disableMultiregionAccessPoints: false,
  disableS3ExpressSessionAuth: false,
  userAgentAppId: async () => undefined,
};

/** A client whose every request goes through the door. Path-style addresses; the SDK's own retries are off (the door retries throttling). */
export function createS3(door: Door, settings: S3Settings): S3Client {
  const operations = new WeakMap<object, string>();
  const checksums = settings.checksums ?? 'WHEN_SUPPORTED';
  const handler = {
    async handle(request: SdkRequest, options?: { readonly abortSignal?: unknown }) {
      const signal = options?.abortSignal instanceof AbortSignal ? options.abortSignal : undefined;
      const answer = await door.stream(wireRequest(request, operations.get(request) ?? `${request.method} ${request.path}`, signal));
      return {
        response: { statusCode: answer.status, headers: { ...answer.headers }, body: Readable.from(answer.body, { objectMode: false }) },
      };
    },
    updateHttpClientConfig: () => undefined,
    httpHandlerConfigs: () => ({}),
    destroy: () => undefined,
  };
  const client = new S3Client({
    ...SETTLED,
    region: settings.region,
    ...(settings.endpoint && { endpoint: settings.endpoint }),
    forcePathStyle: true,
    maxAttempts: 1,
    requestChecksumCalculation: checksums,
    responseChecksumValidation: checksums,
    followRegionRedirects: false,
    // The door's HTTP client does not wait for `100 Continue`.
    expectContinueHeader: false,
    credentials: async () => {
      const keys = await settings.credentials();
      door.learnSecret(keys.secretAccessKey);
      if (keys.sessionToken) door.learnSecret(keys.sessionToken);
      // Without an expiration the SDK would keep the first keys for ever.
      return { ...keys, expiration: new Date(0) };
    },
    // Said again by the error itself; a library must not write to the terminal.
    logger: { trace: ignore, debug: ignore, info: ignore, warn: ignore, error: ignore },
    requestHandler: handler as NonNullable<S3ClientConfig['requestHandler']>,
  });
  client.middlewareStack.add(
    (next, context) => async (args) => {
      if (typeof args.request === 'object' && args.request !== null)
        operations.set(args.request, (context.commandName ?? 'Command').replace(/Command$/, ''));
      return next(args);
    },
    { step: 'deserialize', priority: 'low', name: 'nameOperationForDoor' },
  );
  return client;
}

export interface PresignRequest {
  readonly bucket: string;
  readonly key: string;
  readonly versionId?: string;
  /** Seconds that the URL lives, default 3,600. */
  readonly expiresIn?: number;
}

/** A URL by which anyone can GET the object until it expires. Makes no request. */
export function presign(client: S3Client, request: PresignRequest): Promise<string> {
  const command = new GetObjectCommand({
    Bucket: request.bucket,
    Key: request.key,
    ...(request.versionId && { VersionId: request.versionId }),
  });
  return getSignedUrl(client, command, { expiresIn: request.expiresIn ?? 3600 });
}

function wireRequest(request: SdkRequest, operation: string, signal: AbortSignal | undefined): WireRequest {
  const port = request.port === undefined ? '' : `:${request.port}`;
  return {
    protocol: 's3',
    operation,
    method: request.method,
    url: `${request.protocol}//${request.hostname}${port}${request.path}${queryString(request.query)}`,
    headers: request.headers,
    ...bodyOf(request.body, operation),
    reads: request.method === 'GET' || request.method === 'HEAD',
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
