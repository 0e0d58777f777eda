/**
 * The only door to the network for a subject: it refuses what the target does not allow before it leaves, sets deadlines, redacts, records.
 * `open-door.ts` makes one; S3 (`s3.ts`), GraphQL (`graphql.ts`) and REST (`rest.ts`) are spoken through it.
 */
import type { Contract } from '../../schemas/contract.ts';
import type { Finding } from '../../schemas/finding.ts';
import type { Exchange, Protocol } from './exchange.ts';

export interface WireRequest {
  readonly protocol: Protocol;
  readonly operation: string;
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | AsyncIterable<Uint8Array>;
  /** True when it changes nothing on the server. */
  readonly reads: boolean;
  /** Milliseconds until it is given up, retries included; the door's default when absent. */
  readonly deadlineMs?: number;
  /** Largest body taken in, bytes, where that is less than the door's limit. */
  readonly bodyLimit?: number;
  /** Gives it up from outside; it then ends as WireError 'timeout'. */
  readonly signal?: AbortSignal;
  /** Judges the exchange before it is recorded; called with null when no answer came, or when the answer was streamed. */
  readonly judge?: (answer: { readonly status: number; readonly body: Uint8Array } | null) => readonly Finding[];
}

export interface WireResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Each `Set-Cookie` as it came. */
  readonly setCookies: readonly string[];
  /** The whole body; refuses to grow over the door's limit. */
  readonly body: Uint8Array;
  /** Number of the recorded exchange. */
  readonly exchange: number;
}

/** An answer whose body is still to come; an exchange is recorded when its body ends. */
export interface StreamedResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Must be read to its end or returned early; throws WireError. The door's limit does not hold for it, its deadline does. */
  readonly body: AsyncIterable<Uint8Array>;
  readonly exchange: number;
}

/** What the target allows. */
export interface DoorPolicy {
  /** Origins (`http://127.0.0.1:9000`) that may be spoken to; anything else is refused with WireError 'refused'. */
  readonly origins: readonly string[];
  /** `never`: requests that do not read are refused. */
  readonly writes: 'never' | 'namespace';
  /** Beginnings of the keys that S3 may be asked to write; others are refused. Every key when absent. */
  readonly ownKeys?: readonly string[];
  readonly deadlineMs: number;
  /** Largest body that is taken in, bytes. */
  readonly bodyLimit: number;
  /** PEM bundle that TLS trusts beside the system's. */
  readonly ca?: string;
  /** Proxy for each scheme, from the client's environment. */
  readonly proxy?: string;
}

export interface Door extends AsyncDisposable {
  readonly policy: DoorPolicy;
  /** Throws WireError when no whole answer came. Never follows redirects. */
  request(request: WireRequest): Promise<WireResponse>;
  /** As `request`, for a body that may be large: it is recorded by its size, and throttling alone is read whole. */
  stream(request: WireRequest): Promise<StreamedResponse>;
  /** Exchanges so far, redacted. */
  readonly exchanges: readonly Exchange[];
  /** Names the QuiltOps operation for the exchanges made inside `work` (AsyncLocalStorage). */
  during<T>(operation: string, work: () => Promise<T>): Promise<T>;
  /** A value that must appear in no record from now on; learnt wherever a secret is. */
  learnSecret(value: string): void;
  /** The live schema of the registry, asked once a door pool; GraphQL exchanges are judged by it. Null where the target has none. */
  readonly contract: Contract | null;
}

/**
 * Why no whole answer came. `refused`: it never left, since the target does not allow it. `connect`: nobody was reached. `reset`: the connection
 * ended in mid-answer. `not-http`: what came is no HTTP. `proxy`: the proxy was not reached, or would not.
 */
export type WireFailure = 'refused' | 'connect' | 'reset' | 'timeout' | 'tls' | 'too-large' | 'proxy' | 'not-http';

/** No whole answer: `failure` says which kind, `url` whose. */
export class WireError extends Error {
  override readonly name = 'WireError';
  readonly failure: WireFailure;
  readonly url: string;

  constructor(failure: WireFailure, url: string, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.failure = failure;
    this.url = url;
  }
}
